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
