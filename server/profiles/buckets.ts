/** Start of the bucket that a moment falls into; buckets are aligned to the UTC epoch. `bucketStart(90_000, 60_000)` → 60000 */
export function bucketStart(ms: number, bucketMs: number): number {
  return Math.floor(ms / bucketMs) * bucketMs;
}

/** A bucket and how many rows it holds. */
export interface BucketSize {
  readonly bucket: number;
  readonly rows: number;
}

export interface Chunk {
  readonly buckets: readonly number[];
  readonly rows: number;
}

export interface ChunkLimits {
  readonly rows: number;
  readonly buckets: number;
}

/**
 * Consecutive buckets that one statement takes on together: as many as fit the limits, at least one.
 * `chunksOf([{ bucket: 0, rows: 5 }, { bucket: 1, rows: 5 }], { rows: 6, buckets: 9 })` → two chunks of one
 */
export function chunksOf(sizes: readonly BucketSize[], limits: ChunkLimits): Chunk[] {
  const chunks: { buckets: number[]; rows: number }[] = [];
  for (const { bucket, rows } of sizes) {
    const last = chunks.at(-1);
    if (last === undefined || last.rows + rows > limits.rows || last.buckets.length >= limits.buckets) {
      chunks.push({ buckets: [bucket], rows });
    } else {
      last.buckets.push(bucket);
      last.rows += rows;
    }
  }
  return chunks;
}

/** Items in groups of at most `size`. `groupsOf([1, 2, 3], 2)` → [[1, 2], [3]] */
export function groupsOf<T>(items: readonly T[], size: number): T[][] {
  const groups: T[][] = [];
  for (let i = 0; i < items.length; i += size) groups.push(items.slice(i, i + size));
  return groups;
}
