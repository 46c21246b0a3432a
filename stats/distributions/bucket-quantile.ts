/**
 * A quantile of values of which only buckets are known: `bounds` rise, `counts[i]` values are at most `bounds[i]` and above the bound before; the
 * last count, one more than bounds, is of values above all bounds. Within a bucket values are taken as evenly spread, the first bucket as
 * beginning at 0 where its bound is positive; of what lies above all bounds the highest bound is answered. Null without values.
 * Range: 0 (or the first bound) to the last bound. The same as Prometheus's `histogram_quantile`.
 *
 * `bucketQuantile([10, 20], [10, 10, 0], 0.5)` → 10; `bucketQuantile([10, 20], [10, 10, 0], 0.75)` → 15
 */
export function bucketQuantile(
  bounds: readonly number[],
  counts: readonly number[],
  quantile: number,
): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total <= 0 || bounds.length === 0) return null;
  const rank = quantile * total;
  let below = 0;
  for (const [i, count] of counts.entries()) {
    if (count > 0 && below + count >= rank) {
      const to = bounds[i];
      if (to === undefined) return bounds.at(-1)!;
      const from = i > 0 ? bounds[i - 1]! : Math.min(to, 0);
      return from + ((to - from) * (rank - below)) / count;
    }
    below += count;
  }
  return bounds.at(-1)!;
}
