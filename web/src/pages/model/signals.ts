import type { Signal } from '../../api/types.ts';
import { type HeatSeries, type Ranked, rankColumns } from '../../charts/heat.ts';
import { type Line, type Point, pointsOf } from '../../charts/series.ts';

/** Signals of the whole model, not of one of its segments or versions. */
export function whole(signals: readonly Signal[]): Signal[] {
  return signals.filter((signal) => signal.segment === '' && signal.version === '');
}

/** Drift of every feature column, in the order in which it hurts. */
export function heatOf(signals: readonly Signal[], importance: ReadonlyMap<string, number | null>): Ranked[] {
  return rankColumns(
    whole(signals)
      .filter((signal) => signal.column !== '')
      .map(
        (signal): HeatSeries => ({
          column: signal.column,
          importance: importance.get(signal.column) ?? null,
          threshold: signal.threshold,
          points: pointsOf(signal.points),
        }),
      ),
  );
}

/** Status of the newest point of a series that has no value at all; null when it has one. */
export function silence(
  points: readonly { readonly value: number | null; readonly status: string }[],
): string | null {
  return points.some(({ value }) => value !== null) ? null : (points.at(-1)?.status ?? 'no_data');
}

export interface WorstColumn {
  readonly column: string;
  readonly threshold: number | null;
  readonly unit: string;
  readonly points: readonly Point[];
}

/**
 * Many columns as one line, from signals that the server folded: per step the column with the largest value. `column` is
 * the one that was worst most recently; null when no signal of the kind exists.
 */
export function worstColumn(folded: readonly Signal[], kind: string): WorstColumn | null {
  const signal = whole(folded).find((one) => one.kind === kind && one.column !== '');
  if (signal === undefined) return null;
  const { column, threshold, unit, points } = signal;
  return { column, threshold, unit, points: pointsOf(points) };
}

/** The same stretch of an earlier time, moved under the range as a grey line. */
export function shifted(points: readonly Point[], by: number): Point[] {
  return points.map((point) => ({ ...point, time: point.time + by }));
}

/** One signal as the current line of a chart, with the same signal of an earlier time where it is known. */
export function linesOf(
  signal: Signal,
  name: string,
  earlier?: { signals: readonly Signal[]; by: number; name: string },
  dashed = false,
): Line[] {
  const current: Line = { name, part: 'current', points: pointsOf(signal.points), ...(dashed && { dashed }) };
  const before = earlier?.signals.find(
    (other) =>
      other.kind === signal.kind &&
      other.metric === signal.metric &&
      other.column === signal.column &&
      other.segment === signal.segment,
  );
  if (earlier === undefined || before === undefined) return [current];
  return [
    current,
    {
      name: earlier.name,
      part: 'reference',
      compared: true,
      points: shifted(pointsOf(before.points), earlier.by),
    },
  ];
}
