import { type Grid, type GridCounts, gridEdge } from './asinh-grid.ts';
import { type Extremes, gridQuantile, sortedCells } from './grid-summary.ts';
import { available } from './outcome.ts';

/** A histogram of equal widths. */
export interface Bars {
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
}

/** So much of the values lies beyond either end at most: one outlier does not make a single bar of all the rest. */
const TAIL = 0.01;

/**
 * A histogram of `bars` (≥ 1) equal widths from a grid map, between the 1 % and the 99 % quantile; what lies beyond is in
 * the first and the last bar, so that the counts add up. Values are spread evenly within their cell. Constant values are
 * one bar; an empty map is null.
 * @example gridBars(new Map([[0, 4]]), { center: 0, scale: 64 }, 2, { min: 0, max: 1 })?.counts // [2, 2]
 */
export function gridBars(
  counts: GridCounts,
  grid: Grid,
  bars: number,
  { min = null, max = null }: Extremes = {},
): Bars | null {
  const [from, to] = [TAIL, 1 - TAIL].map((p) => gridQuantile(counts, p, grid, { min, max })) as [
    ReturnType<typeof gridQuantile>,
    ReturnType<typeof gridQuantile>,
  ];
  if (!available(from) || !available(to)) return null;
  const cells = sortedCells(counts);
  const span = to.value - from.value;
  const all = cells.reduce((sum, [, count]) => sum + count, 0);
  if (!(span > 0) || !Number.isFinite(span)) return { from: from.value, to: to.value, counts: [all] };
  const sums = new Array<number>(bars).fill(0);
  const place = (x: number) => Math.min(bars, Math.max(0, ((x - from.value) / span) * bars));
  for (const [index, count] of cells) {
    const low = place(Math.max(gridEdge(index, grid), min ?? -Number.MAX_VALUE));
    const high = place(Math.min(gridEdge(index + 1, grid), max ?? Number.MAX_VALUE));
    spread(sums, low, high, count);
  }
  return { from: from.value, to: to.value, counts: sums };
}

/** Adds a count evenly to the bars between two places; one without width goes to its bar. */
function spread(sums: number[], low: number, high: number, count: number): void {
  const last = sums.length - 1;
  if (!(high > low)) {
    sums[Math.min(last, Math.floor(low))]! += count;
    return;
  }
  for (let bar = Math.floor(low); bar <= last && bar < high; bar++) {
    const part = Math.min(high, bar + 1) - Math.max(low, bar);
    sums[bar]! += (count * part) / (high - low);
  }
}
