import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './cards.module.css';
import { useWindowRows } from './useWindowRows.ts';

interface Props<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  /** How high a card is likely to be; each is measured when it is drawn. */
  readonly height: number;
  readonly onEnd?: () => void;
  readonly card: (row: T) => ReactNode;
}

/** What Rows shows, where there is no room for columns: a card for each row, in a list of any length. */
export function Cards<T>({ label, rows, rowKey, height, onEnd, card }: Props<T>) {
  const { body, virtual, items } = useWindowRows(rows.length, height, onEnd);
  return (
    <div ref={body} style={{ height: virtual.getTotalSize(), position: 'relative' }}>
      <ul aria-label={label}>
        {items.map((item) => (
          <li
            key={rowKey(rows[item.index]!)}
            ref={virtual.measureElement}
            data-index={item.index}
            aria-setsize={rows.length}
            aria-posinset={item.index + 1}
            className={classes.slot}
            style={{ transform: `translateY(${item.start - virtual.options.scrollMargin}px)` }}
          >
            <div className={classes.card}>{card(rows[item.index]!)}</div>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Whether there is room for a table of columns. */
export function useRoom(width = 900): boolean {
  return useMediaQuery(`(min-width: ${width}px)`, true, { getInitialValueInEffect: false });
}
