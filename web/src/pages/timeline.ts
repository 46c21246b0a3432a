import type { ColumnTimeline } from '../api/types.ts';
import type { Line, Part, Point } from '../charts/series.ts';
import { own } from '../own.ts';

type Moment = ColumnTimeline['points'][number];

function point(
  at: Moment,
  value: number | null,
  low: number | null = null,
  high: number | null = null,
): Point {
  return {
    time: Date.parse(at.time),
    value,
    low,
    high,
    n: at.n,
    status: value === null ? (at.n === 0 ? 'no_data' : 'not_enough_data') : 'ok',
  };
}

/** Median with the 5 to 95 % band. */
export function bandLine({ points }: ColumnTimeline): Line {
  return { name: 'median', part: 'current', points: points.map((at) => point(at, at.p50, at.p05, at.p95)) };
}

/** Two lines: grey is for the reference. */
const PARTS: readonly Part[] = ['current', 'second'];

/** The shares of the two commonest categories of the range, a line each. */
export function topLine({ points }: ColumnTimeline): Line[] {
  const totals = new Map<string, number>();
  for (const at of points) {
    for (const [name, share] of Object.entries(at.top))
      totals.set(name, (totals.get(name) ?? 0) + share * at.n);
  }
  return [...totals]
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .slice(0, PARTS.length)
    .map(([name], i) => ({
      name,
      part: PARTS[i]!,
      points: points.map((at) => point(at, at.n === 0 ? null : (own(at.top, name) ?? 0))),
    }));
}

/** A count of the timeline as a share of all rows of its bucket. */
export function shareLine({ points }: ColumnTimeline, count: 'missing' | 'invalid' | 'new'): Line {
  return {
    name: count,
    part: 'current',
    points: points.map((at) => point(at, at.n === 0 ? null : at[count] / at.n)),
  };
}
