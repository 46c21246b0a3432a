import { poisson } from '../../../stats/intervals/poisson.ts';
import type { Measurement } from '../../signals/measurement.ts';
import type { Settings } from '../kind.ts';
import type { TrafficSubject } from '../subject.ts';

const DAY = 86_400_000;
const WEEK = 7 * DAY;
/** Longer than a weekend, so that one full weekday is always among it. */
const LONGER_THAN_A_WEEKEND = 3 * DAY;
/** One in ten thousand. */
const CONFIDENCE = 0.9998;
/** How much more than `threshold` must be gone: with one week to compare with, and with none. */
const ONE_WEEK = 1.5;
const NO_WEEK = 2;

/**
 * A loss that lasts, seen before two weeks are known: the last day, or what is known of it but half a day at least,
 * against the same hours a week ago, where weekends meet weekends; and in the first week, where a weekend cannot be told
 * from a loss, the last three days against the days before. Either must also lie below what the days before usually had,
 * so that one busy day of a launch makes no loss of the days after it. Null when nothing of the kind is to be seen.
 */
export function sustainedLoss(
  subject: TrafficSubject,
  index: number,
  settings: Settings,
): Measurement | null {
  const { bucketMs, firstBucket } = subject;
  const to = index + 1;
  const buckets = (ms: number) => Math.round(ms / bucketMs);
  if (buckets(DAY) < 1) return null;
  const weekKnownFrom = firstBucket + buckets(WEEK);
  const from = Math.max(to - buckets(DAY), weekKnownFrom);
  if (to - from >= Math.max(1, buckets(DAY / 2))) {
    const aWeekAgo = subject.traffic.total(from - buckets(WEEK), to - buckets(WEEK));
    const usual = secondHighest(days(subject, from, to, 7));
    return lost(subject, from, to, Math.min(aWeekAgo, usual), settings.threshold * ONE_WEEK, settings);
  }
  const start = to - buckets(LONGER_THAN_A_WEEKEND);
  const before = days(subject, start, start + buckets(DAY), 7);
  if (before.length < 2) return null;
  const usual = (LONGER_THAN_A_WEEKEND / DAY) * secondHighest(before);
  return lost(subject, start, to, usual, settings.threshold * NO_WEEK, settings);
}

/** What came at the same hours of the days before, the nearest first, as far as the model goes back. */
function days({ traffic, bucketMs, firstBucket }: TrafficSubject, from: number, to: number, most: number) {
  const counts: number[] = [];
  for (let k = 1; k <= most; k++) {
    const shift = Math.round((k * DAY) / bucketMs);
    if (from - shift < firstBucket) break;
    counts.push(traffic.total(from - shift, to - shift));
  }
  return counts;
}

function secondHighest(counts: readonly number[]): number {
  return counts.toSorted((a, b) => b - a)[1] ?? 0;
}

function lost(
  { traffic }: TrafficSubject,
  from: number,
  to: number,
  expected: number,
  factor: number,
  { minN }: Settings,
): Measurement | null {
  const count = traffic.total(from, to);
  const { low, high } = poisson(count, CONFIDENCE);
  if (expected < minN || high >= expected / factor) return null;
  const length = to - from;
  return {
    value: count / length,
    low: low / length,
    high: high / length,
    n: count,
    window: length,
    threshold: expected / factor / length,
    baseline: expected / length,
    status: 'ok',
    verdict: 'breach',
    reason: 'below_threshold',
  };
}
