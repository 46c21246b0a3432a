import classes from './intervals.module.css';

export interface Interval {
  readonly key: string;
  readonly label: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** In words beside the row: `82.1 % (80.2 – 83.9)`. */
  readonly text: string;
  /** Stands out, for the reason that `off` of the chart says. */
  readonly off?: boolean;
}

interface Props {
  /** What is compared. */
  readonly title: string;
  readonly rows: readonly Interval[];
  /** A value that all are compared with, as a line. */
  readonly mark: { readonly value: number; readonly label: string } | null;
  readonly axis: (value: number) => string;
  /** What rows that stand out have in common: `differs, more than chance`. */
  readonly off: string;
}

/** Values with their intervals on one scale, one below the other. The table beside it holds the same numbers. */
export function Intervals({ title, rows, mark, axis, off }: Props) {
  const known = rows.flatMap(({ value, low, high }) => [value, low, high]).filter((x) => x !== null);
  if (known.length === 0) return null;
  const ends = [...known, ...(mark === null ? [] : [mark.value])];
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const room = (most - least || Math.abs(most) || 1) * 0.04;
  const [from, to] = [least - room, most + room];
  const place = (x: number) => (100 * (x - from)) / (to - from);
  return (
    <figure className={classes.intervals}>
      <figcaption>
        {title}
        {rows.some((row) => row.off) && <span className={classes.off}> · ◆ {off}</span>}
      </figcaption>
      {rows.map((row) => (
        <div key={row.key} className={classes.row} data-off={row.off || undefined}>
          <span className={classes.label} title={row.label}>
            {row.label}
          </span>
          <div className={classes.track} role="img" aria-label={`${row.label}: ${row.text}`}>
            {mark !== null && <div className={classes.mark} style={{ left: `${place(mark.value)}%` }} />}
            {row.value !== null && row.low !== null && row.high !== null && (
              <>
                <div
                  className={classes.reach}
                  style={{ left: `${place(row.low)}%`, width: `${place(row.high) - place(row.low)}%` }}
                />
                <div className={classes.dot} style={{ left: `${place(row.value)}%` }} />
              </>
            )}
          </div>
          <span className={classes.text}>{row.text}</span>
        </div>
      ))}
      <div className={classes.row}>
        <span className={classes.label}>{mark === null ? '' : `│ ${mark.label}`}</span>
        <div className={classes.ends}>
          <span>{axis(least)}</span>
          <span>{axis(most)}</span>
        </div>
        <span />
      </div>
    </figure>
  );
}
