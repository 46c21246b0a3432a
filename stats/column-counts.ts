import type { GridCounts } from './asinh-grid.ts';

/**
 * What the distances need of a column's profile: additive counts. Numbers are on `grid`,
 * categories in `counts` (with the rare rest in `other`); a missing or invalid value is in neither.
 */
export interface ColumnCounts {
  readonly missing: number;
  readonly invalid: number;
  readonly grid: GridCounts;
  readonly counts: ReadonlyMap<string, number>;
  readonly other: number;
  /** All categories, those in `counts` too, by `categorySlot`: where there are too many to be listed. */
  readonly slots?: readonly number[] | undefined;
}
