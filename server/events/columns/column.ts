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

/** Validity bitmap of Arrow: bit i is 1 when position i holds a value. */
export function validity(rows: number, isNull: (position: number) => boolean) {
  const bitmap = new Uint8Array((rows + 7) >> 3);
  let nulls = 0;
  for (let position = 0; position < rows; position++) {
    if (isNull(position)) nulls++;
    else bitmap[position >> 3]! |= 1 << (position & 7);
  }
  return nulls === 0 ? { nullCount: 0 } : { nullCount: nulls, nullBitmap: bitmap };
}
