import type { BucketSize } from '../buckets.ts';

/** The rows of a bucket that its profiles count, and when they were counted, or later (epoch ms). */
export interface RolledUp {
  readonly rows: number;
  readonly since: number;
}

/** Rows that are recomputed in a moment, however often. */
const FEW_ROWS = 20_000;
/** A larger bucket that is filling is recomputed when it has grown by half: every row is then read three times at most. */
const GROWTH = 1.5;
/** The profiles of the bucket that is filling are at most so old. */
export const PUT_OFF_MS = 120_000;

/**
 * Whether a changed bucket is recomputed now. The bucket that the wall clock is in may wait: it changes again in a moment, and
 * nothing is judged by it before it is over. `due({ bucket, rows: 5_000_000 }, { rows: 4_900_000, since: now - 5000 }, HOUR, now)` → false
 */
export function due(
  { bucket, rows }: BucketSize,
  rolledUp: RolledUp | undefined,
  bucketMs: number,
  now: number,
): boolean {
  const filling = bucket <= now && now < bucket + bucketMs;
  if (!filling || rolledUp === undefined || rows < FEW_ROWS) return true;
  return rows >= rolledUp.rows * GROWTH || now - rolledUp.since >= PUT_OFF_MS || now < rolledUp.since;
}
