/** Start of the bucket that a moment falls into; buckets are aligned to the UTC epoch. `bucketStart(90_000, 60_000)` → 60000 */
export function bucketStart(ms: number, bucketMs: number): number {
  return Math.floor(ms / bucketMs) * bucketMs;
}
