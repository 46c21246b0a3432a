import type { ReactNode } from 'react';
import classes from './ui.module.css';

interface Column<T> {
  readonly title: ReactNode;
  readonly align?: 'right';
  readonly cell: (row: T) => ReactNode;
}

interface Props<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T, index: number) => string | number;
}

/** A short table that is there as a whole. Long ones are Rows. */
export function PlainTable<T>({ label, columns, rows, rowKey }: Props<T>) {
  return (
    <div className={classes.scroll}>
      <table className={classes.plain} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the columns of a table do not move
              <th key={i} scope="col" data-align={column.align}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={rowKey(row, index)}>
              {columns.map((column, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the columns of a table do not move
                <td key={i} data-align={column.align}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
