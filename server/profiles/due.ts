import type { BucketSize } from './chunks.ts';

/** A bucket's rows when it was last recomputed, and when that was (epoch ms). */
export interface RolledUp {
  readonly rows: number;
  readonly at: number;
}

/** Rows that are recomputed in a moment, however often. */
const FEW_ROWS = 20_000;
/** A larger bucket that is filling is recomputed when it has grown by half: every row is then read three times at most. */
const GROWTH = 1.5;
/** The profiles of the bucket that is filling are at most so old; far below MARGIN_MS, which finds again what was put off. */
export const PUT_OFF_MS = 120_000;

/**
 * Whether a changed bucket is recomputed now. The bucket that the wall clock is in may wait: it changes again in a moment, and
 * nothing is judged by it before it is over. `due({ bucket, rows: 5_000_000 }, { rows: 4_900_000, at: now - 5000 }, HOUR, now)` → false
 */
export function due(
  { bucket, rows }: BucketSize,
  rolledUp: RolledUp | undefined,
  bucketMs: number,
  now: number,
): boolean {
  const filling = bucket <= now && now < bucket + bucketMs;
  if (!filling || rolledUp === undefined || rows < FEW_ROWS) return true;
  return rows >= rolledUp.rows * GROWTH || now - rolledUp.at >= PUT_OFF_MS || now < rolledUp.at;
}
