import { type ReactNode, useMemo, useState } from 'react';
import { Hidden } from './Hidden.tsx';
import { Sideways } from './Sideways.tsx';
import { ariaSort, SortHead } from './SortHead.tsx';
import { type Sort, type SortValue, sorted } from './sort.ts';
import classes from './ui.module.css';
import { useFirst } from './useFirst.tsx';

/** Rows that are shown until all are asked for: as cards on a phone, and as lines. */
const FIRST_CARDS = 25;
const FIRST = 100;

export interface TableColumn<T> {
  readonly title: ReactNode;
  readonly align?: 'right';
  /** What the rows are sorted by when the head is clicked; numbers the largest first. */
  readonly value?: (row: T) => SortValue;
  readonly cell: (row: T) => ReactNode;
}

interface Props<T> {
  readonly label: string;
  readonly columns: readonly TableColumn<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T, index: number) => string | number;
  /** On a phone each row is a card, so that what can be changed in it is on the screen. */
  readonly stack?: boolean;
}

/** A short table that is there as a whole, sorted by any column that has values; of one that became long the first rows. Long ones are Rows. */
export function PlainTable<T>({ label, columns, rows, rowKey, stack = false }: Props<T>) {
  const [sort, setSort] = useState<Sort>();
  const value = sort === undefined ? undefined : columns[Number(sort.by)]?.value;
  const inOrder = useMemo(
    () => (value === undefined ? rows : sorted(rows, value, sort!.way)),
    [rows, value, sort],
  );
  const { shown, more } = useFirst(inOrder, stack ? FIRST_CARDS : FIRST);
  return (
    <Sideways label={label}>
      <table className={classes.plain} aria-label={label} data-stack={stack || undefined}>
        <thead>
          <tr>
            {columns.map((column, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the columns of a table do not move
              <th key={i} scope="col" data-align={column.align} aria-sort={ariaSort(sort, String(i))}>
                {column.title === '' ? (
                  <Hidden>Actions</Hidden>
                ) : column.value === undefined ? (
                  column.title
                ) : (
                  <SortHead
                    sort={sort}
                    onSort={setSort}
                    by={String(i)}
                    first={column.align === 'right' ? 'desc' : 'asc'}
                  >
                    {column.title}
                  </SortHead>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, index) => (
            <tr key={rowKey(row, index)}>
              {columns.map((column, i) => (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: the columns of a table do not move
                  key={i}
                  data-align={column.align}
                  data-title={stack && typeof column.title === 'string' ? column.title : undefined}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {more}
    </Sideways>
  );
}
