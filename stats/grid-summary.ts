import { type Grid, type GridCounts, gridEdge } from './asinh-grid.ts';
import type { Outcome } from './outcome.ts';

/** Exact extremes of the values in a grid map, where the profile knows them: they sharpen the outermost cells. */
export interface Extremes {
  readonly min?: number | null;
  readonly max?: number | null;
}

/** Number of values in a map of counts. */
export function total(counts: ReadonlyMap<unknown, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}

/**
 * Adds `from` to `into` (in place) and returns `into`: profiles merge by adding.
 * @example mergeInto(new Map([[1, 2]]), new Map([[1, 3]])) // Map { 1 => 5 }
 */
export function mergeInto<K>(into: Map<K, number>, from: ReadonlyMap<K, number>): Map<K, number> {
  for (const [key, count] of from) into.set(key, (into.get(key) ?? 0) + count);
  return into;
}

/** Occupied cells in ascending order as [index, count]; zero and negative counts are left out. */
export function sortedCells(counts: GridCounts): [index: number, count: number][] {
  return [...counts].filter(([, count]) => count > 0).sort((a, b) => a[0] - b[0]);
}

/**
 * Quantile p in [0, 1] of the values behind a grid map, linear inside the cell; error at most one cell.
 * An empty map is `not_enough_data`.
 * @example gridQuantile(new Map([[0, 2]]), 0.5, { center: 0, scale: 64 }) // { value: 0.5000… }
 */
export function gridQuantile(counts: GridCounts, p: number, grid: Grid, extremes: Extremes = {}): Outcome {
  const place = placeOf(counts, p);
  if (place === null) return { reason: 'not_enough_data' };
  return { value: inside(place.index, place.fraction, grid, extremes) };
}

/**
 * Quantile p as the end of an interval: as `gridQuantile`, and where the next cell outwards is empty, the edge of its own cell, as all values of
 * a cell that stands alone may be one.
 * @example gridQuantileBound(new Map([[0, 2]]), 0.5, { center: 0, scale: 64 }, 'low') // { value: 0 }
 */
export function gridQuantileBound(
  counts: GridCounts,
  p: number,
  grid: Grid,
  end: 'low' | 'high',
  extremes: Extremes = {},
): Outcome {
  const place = placeOf(counts, p);
  if (place === null) return { reason: 'not_enough_data' };
  const [next, edge] = end === 'low' ? [place.index - 1, 0] : [place.index + 1, 1];
  return { value: inside(place.index, counts.get(next) ? place.fraction : edge, grid, extremes) };
}

/** The cell of quantile p, and how far through it; null without values. */
function placeOf(
  counts: GridCounts,
  p: number,
): { readonly index: number; readonly fraction: number } | null {
  const cells = sortedCells(counts);
  if (cells.length === 0) return null;
  const target = Math.max(0, Math.min(1, p)) * total(counts);
  let before = 0;
  for (const [index, count] of cells) {
    if (before + count >= target) return { index, fraction: (target - before) / count };
    before += count;
  }
  return { index: cells.at(-1)![0], fraction: 1 };
}

/** Mean of the values behind a grid map, each taken as its cell's middle; `not_enough_data` when empty. */
export function gridMean(counts: GridCounts, grid: Grid, extremes: Extremes = {}): Outcome {
  const n = total(counts);
  if (n <= 0) return { reason: 'not_enough_data' };
  let mean = 0;
  for (const [index, count] of counts) mean += (count / n) * inside(index, 0.5, grid, extremes);
  return { value: mean };
}

/** The value at a fraction (0–1) of the way through a cell, within the known extremes. */
function inside(index: number, fraction: number, grid: Grid, { min, max }: Extremes): number {
  const low = Math.max(gridEdge(index, grid), min ?? -Number.MAX_VALUE);
  const high = Math.min(gridEdge(index + 1, grid), max ?? Number.MAX_VALUE);
  const value = low * (1 - fraction) + high * fraction;
  return Math.min(Math.max(value, min ?? -Number.MAX_VALUE), max ?? Number.MAX_VALUE);
}
