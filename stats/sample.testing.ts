import { type Grid, gridIndex } from './asinh-grid.ts';
import type { ColumnCounts } from './column-counts.ts';

/** A column's counts from raw values, as the roll-up would make them: null = missing, text = category. */
export function countsOf(
  values: readonly (number | string | null)[],
  grid: Grid = { center: 0, scale: 1 },
): ColumnCounts {
  const cells = new Map<number, number>();
  const counts = new Map<string, number>();
  let missing = 0;
  for (const value of values) {
    if (value === null) missing++;
    else if (typeof value === 'string') counts.set(value, (counts.get(value) ?? 0) + 1);
    else cells.set(gridIndex(value, grid), (cells.get(gridIndex(value, grid)) ?? 0) + 1);
  }
  return { missing, invalid: 0, grid: cells, counts, other: 0 };
}

/** Draws categories v0, v1 … with these weights. */
export function categoryDrawer(weights: readonly number[], next: () => number): () => string {
  const ends: number[] = [];
  for (const weight of weights) ends.push((ends.at(-1) ?? 0) + weight);
  return () => {
    const x = next() * ends.at(-1)!;
    let [low, high] = [0, ends.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! > x) high = middle;
      else low = middle + 1;
    }
    return `v${low}`;
  };
}

/** Weights of the first categories as they are often met: the first twice the second, thrice the third … */
export const zipf = (size: number) => Array.from({ length: size }, (_, i) => 1 / (i + 1));
export const equal = (size: number) => new Array<number>(size).fill(1);
