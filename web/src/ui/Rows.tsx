import { type KeyboardEvent, memo, type ReactNode } from 'react';
import { Hidden } from './Hidden.tsx';
import { ariaSort, SortHead, type Sorting } from './SortHead.tsx';
import type { Sort } from './sort.ts';
import classes from './ui.module.css';
import { useWindowRows } from './useWindowRows.ts';

export interface RowColumn<T> {
  readonly id: string;
  readonly title: ReactNode;
  /** A CSS grid track: `120px`, `minmax(160px, 1fr)`. */
  readonly width: string;
  readonly align?: 'right';
  /** The rows can be sorted by it: which way first. The name is the column's `id`. */
  readonly sort?: Sort['way'];
  /** What a cell that may be cut off says in full. */
  readonly hint?: (row: T) => string;
  readonly cell: (row: T, index: number) => ReactNode;
}

interface Props<T> {
  readonly label: string;
  readonly columns: readonly RowColumn<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  readonly height?: number;
  /** Called when the last rows come into view. */
  readonly onEnd?: () => void;
  readonly selected?: (row: T) => boolean;
  /** Who sorts is the owner of the rows; heads only say what is wanted. */
  readonly sorting?: Sorting;
}

/**
 * A table of any length: only the rows on screen exist. It scrolls with the page; the head stays. Arrow keys move
 * between the first links of rows, so that Enter opens what is focused.
 */
export function Rows<T>({ label, columns, rows, rowKey, height = 36, onEnd, selected, sorting }: Props<T>) {
  const { body, virtual, items } = useWindowRows(rows.length, height, onEnd);
  const tracks = columns.map((column) => column.width).join(' ');
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows that are not on screen do not exist, which a <table> cannot say
    <div
      role="table"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      className={classes.rows}
      style={{ '--tracks': tracks } as React.CSSProperties}
      onKeyDown={(event) => moveFocus(event, virtual.scrollToIndex)}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the links inside take the focus */}
      <div role="row" aria-rowindex={1} className={classes.rowsHead}>
        {columns.map((column) => (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: see above
          <div
            role="columnheader"
            key={column.id}
            data-align={column.align}
            aria-sort={ariaSort(sorting?.sort, column.id)}
          >
            {column.title === '' ? (
              <Hidden>Actions</Hidden>
            ) : column.sort !== undefined && sorting !== undefined ? (
              <SortHead {...sorting} by={column.id} first={column.sort}>
                {column.title}
              </SortHead>
            ) : (
              column.title
            )}
          </div>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div ref={body} style={{ height: virtual.getTotalSize(), position: 'relative' }} role="rowgroup">
        {items.map((item) => {
          const row = rows[item.index]!;
          return (
            <Row
              key={rowKey(row)}
              row={row}
              index={item.index}
              columns={columns as readonly RowColumn<unknown>[]}
              height={height}
              top={item.start - virtual.options.scrollMargin}
              selected={selected?.(row) ?? false}
            />
          );
        })}
      </div>
    </div>
  );
}

interface RowProps {
  readonly row: unknown;
  readonly index: number;
  readonly columns: readonly RowColumn<unknown>[];
  readonly height: number;
  readonly top: number;
  readonly selected: boolean;
}

/** Drawn once as long as it stays on screen: scrolling draws only the rows that come. */
const Row = memo(function Row({ row, index, columns, height, top, selected }: RowProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      data-selected={selected || undefined}
      className={classes.row}
      style={{ height, transform: `translateY(${top}px)` }}
    >
      {columns.map((column) => (
        // biome-ignore lint/a11y/useSemanticElements: see above
        <div role="cell" key={column.id} data-align={column.align} title={column.hint?.(row)}>
          {column.cell(row, index)}
        </div>
      ))}
    </div>
  );
});

function moveFocus(event: KeyboardEvent<HTMLDivElement>, scrollTo: (index: number) => void): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const row = (event.target as HTMLElement).closest<HTMLElement>('[data-index]');
  if (step === 0 || row === null || (event.target as HTMLElement).matches('input, textarea, select')) return;
  const next = Number(row.dataset.index) + step;
  const inRow = `[data-index="${next}"]`;
  const target = event.currentTarget.querySelector<HTMLElement>(`${inRow} a, ${inRow} button`);
  if (target === null) return;
  event.preventDefault();
  scrollTo(next);
  target.focus();
}
