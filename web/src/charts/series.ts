import type { Range } from '../time/range.ts';

/** One drawn value; `value` is null where there is a reason instead, which `status` names. */
export interface Point {
  readonly time: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  readonly status: string;
}

/** What a line stands for decides its colour, on every chart: current is the accent, reference grey. */
export type Part = 'current' | 'reference' | 'second';

export interface Line {
  readonly name: string;
  readonly part: Part;
  /** Held against the first line, not only shown beside it. */
  readonly compared?: boolean;
  /** An estimate, not what was measured. */
  readonly dashed?: boolean;
  readonly points: readonly Point[];
}

interface WirePoint extends Omit<Point, 'time'> {
  readonly time: string;
}

/** Points of the API, with times as numbers, in order of time. */
export function pointsOf(points: readonly WirePoint[]): Point[] {
  return points.map((point) => ({ ...point, time: Date.parse(point.time) })).sort((a, b) => a.time - b.time);
}

/** The usual distance of neighbours: what one point stands for. `fallback` when there are fewer than two. */
export function stepOf(points: readonly Point[], fallback: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < points.length; i++) least = Math.min(least, points[i]!.time - points[i - 1]!.time);
  return Number.isFinite(least) && least > 0 ? least : fallback;
}

/** `none`: whoever made the points has put them together already. */
export type Merge = 'max' | 'mean' | 'sum' | 'last' | 'none';

/** Length of one cell of a chart: whole buckets, so that at most `most` cells cover the range. */
export function cellOf(range: Range, bucket: number, most: number): number {
  return Math.max(1, Math.ceil((range.to - range.from) / bucket / most)) * bucket;
}

/**
 * At most `most` points over the range, one per cell, each at the beginning of its cell: the API keeps the worst of a
 * cell at its own time, and lines need even steps. `max` keeps the worst value with its own interval, so that nothing
 * that breached disappears; `mean` weighs by n; a cell without any value keeps the reason of its last point.
 */
export function thin(
  points: readonly Point[],
  range: Range,
  bucket: number,
  most: number,
  merge: Merge,
): Point[] {
  if (merge === 'none') return [...points];
  const cell = cellOf(range, bucket, most);
  const cells = new Map<number, Point[]>();
  for (const point of points) {
    const start = Math.floor(point.time / cell) * cell;
    const list = cells.get(start);
    if (list === undefined) cells.set(start, [point]);
    else list.push(point);
  }
  return [...cells].map(([time, list]) => ({ ...merged(list, merge), time }));
}

function merged(list: readonly Point[], merge: Merge): Point {
  const known = list.filter((point) => point.value !== null);
  const last = known.at(-1) ?? list.at(-1)!;
  if (known.length === 0) return last;
  const n = known.reduce((sum, point) => sum + point.n, 0);
  if (merge === 'last') return last;
  if (merge === 'max') return known.reduce((worst, point) => (point.value! > worst.value! ? point : worst));
  const weight = (point: Point) => (merge === 'sum' || n === 0 ? 1 : point.n);
  const total = known.reduce((sum, point) => sum + weight(point), 0);
  const sumOf = (pick: (point: Point) => number | null) => {
    let sum = 0;
    for (const point of known) {
      const value = pick(point);
      if (value === null) return null;
      sum += value * weight(point);
    }
    return merge === 'sum' ? sum : sum / total;
  };
  return { ...last, value: sumOf((p) => p.value), low: sumOf((p) => p.low), high: sumOf((p) => p.high), n };
}

/** The point whose bucket holds the moment; undefined in a gap. */
export function pointAt(points: readonly Point[], time: number, step: number): Point | undefined {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle]!.time <= time) low = middle + 1;
    else high = middle;
  }
  const found = points[low - 1];
  return found !== undefined && time < found.time + step ? found : undefined;
}

/** The newest point that has a value. */
export function latest(points: readonly Point[]): Point | undefined {
  return points.findLast((point) => point.value !== null);
}

const UNSETTLED = /not_mature|immature|incomplete|filling|^late/;

/** Why the newest of the numbers that may still change may; null when all are settled. */
export function openReason(points: readonly Pick<Point, 'status'>[]): string | null {
  return points.findLast(({ status }) => UNSETTLED.test(status))?.status ?? null;
}

/** Stretches whose numbers may still change: buckets that fill, labels that are on their way. Drawn hatched. */
export function unsettled(points: readonly Point[], step: number): Range[] {
  const ranges: { from: number; to: number }[] = [];
  for (const point of points) {
    if (!UNSETTLED.test(point.status)) continue;
    const last = ranges.at(-1);
    if (last !== undefined && point.time <= last.to) last.to = point.time + step;
    else ranges.push({ from: point.time, to: point.time + step });
  }
  return ranges;
}
