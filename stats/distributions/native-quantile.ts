import { bucketsOf, hasBounds, type NativeHistogram } from './native-histogram.ts';

/** A quantile and the bucket that it lies in: the true one is nowhere else. `high` is ∞, or `low` −∞, where the bucket has no end. */
export interface BucketEstimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * A quantile of a native histogram: within a bucket values are taken as evenly spread over the logarithm of their size; over the values themselves in the zero bucket and
 * between bounds of one's own, of which the first bucket begins at 0 where its bound is positive, and of what lies above all bounds the highest is answered. Null without values.
 * The same as `histogram_quantile` of Prometheus from 3.0 on.
 *
 * `nativeQuantile({ schema: 0, positive: new Map([[1, 4]]), … }, 0.5)` → { value: √2, low: 1, high: 2 }
 */
export function nativeQuantile(histogram: NativeHistogram, quantile: number): BucketEstimate | null {
  const buckets = bucketsOf(histogram);
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  if (total <= 0) return null;
  // From the end that is nearer: where no value lies between two buckets, that side is answered.
  const fromTop = quantile >= 0.5;
  const rank = (fromTop ? 1 - quantile : quantile) * total;
  const ordered = fromTop ? buckets.toReversed() : buckets;
  let passed = 0;
  let found = ordered[0]!;
  for (const bucket of ordered) {
    found = bucket;
    if (passed + bucket.count >= rank) break;
    passed += bucket.count;
  }
  const { lower, upper, count } = found;
  const part = Math.min(1, (rank - passed) / count);
  const within = fromTop ? 1 - part : part;
  if (hasBounds(histogram)) {
    if (upper === Number.POSITIVE_INFINITY) return { value: lower, low: lower, high: upper };
    if (lower === Number.NEGATIVE_INFINITY && upper <= 0) return { value: upper, low: lower, high: upper };
  }
  const low = lower === Number.NEGATIVE_INFINITY ? 0 : lower;
  return { value: between(low, upper, within, hasBounds(histogram)), low, high: upper };
}

function between(low: number, high: number, share: number, evenly: boolean): number {
  if (evenly || (low <= 0 && high >= 0)) return low + (high - low) * share;
  // low · (high / low)^share, of either sign.
  return low * (high / low) ** share;
}
