import type { Data } from 'apache-arrow';

/**
 * One column of a batch that is being gathered. Rows are written by position, in any order and with gaps;
 * a position that was never written is the column's default (NULL, or empty text).
 */
export interface Column {
  /** True while no position holds anything but the default: such a column need not be written at all. */
  readonly empty: boolean;
  /** Keeps only the rows at these positions, in this order. */
  keep(positions: readonly number[]): void;
  /** The first `rows` positions as Arrow data. */
  toArrow(rows: number): Data;
  /** The expression that makes the lake's column from the Arrow column `name`; absent when it is the column itself. */
  readonly select?: (quoted: string) => string;
}

/** Capacity for `row`, doubling. */
export function capacityFor(row: number, capacity: number): number {
  let next = Math.max(64, capacity);
  while (next <= row) next *= 2;
  return next;
}
