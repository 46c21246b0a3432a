import type { ReactNode } from 'react';
import { Cards } from './Cards.tsx';
import { type RowColumn, Rows } from './Rows.tsx';
import { Sideways } from './Sideways.tsx';
import type { Sorting } from './SortHead.tsx';
import classes from './ui.module.css';

interface Props<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  readonly columns: readonly RowColumn<T>[];
  /** Of a row, and how high a card is likely to be. */
  readonly height: { readonly row: number; readonly card: number };
  readonly card: (row: T) => ReactNode;
  /** Whether there is room for the columns. */
  readonly room: boolean;
  /** Columns may be wider than the page: they scroll within it. */
  readonly sideways?: boolean;
  readonly onEnd?: () => void;
  readonly sorting?: Sorting;
}

/** A list of any length: a row each, with heads that sort, where there is room for the columns; else a card each. */
export function List<T>({ room, card, height, columns, sorting, sideways = false, ...list }: Props<T>) {
  if (!room) return <Cards {...list} height={height.card} card={card} />;
  const rows = (
    <Rows {...list} columns={columns} height={height.row} {...(sorting === undefined ? {} : { sorting })} />
  );
  if (!sideways) return rows;
  return (
    <Sideways label={list.label} className={classes.sideways}>
      {rows}
    </Sideways>
  );
}
