import { poisson } from '../../../stats/intervals/poisson.ts';
import type { Measurement } from '../../signals/measurement.ts';
import type { Settings } from '../kind.ts';
import type { TrafficSubject } from '../subject.ts';
import { mayBeWeekend } from './weekend.ts';

const DAY = 86_400_000;
const WEEK = 7 * DAY;
/** Longer than a weekend, so that one full weekday is always among it. */
const LONGER_THAN_A_WEEKEND = 3 * DAY;
/** One in ten thousand on either side. */
const CHANCE = 0.0002;
/** How much more than `threshold` must be gone: with one week to compare with, and with none. */
const ONE_WEEK = 1.5;
const NO_WEEK = 2;

/**
 * A loss that lasts, seen before two weeks are known: the last day, or what is known of it but half a day at least,
 * against the same hours a week ago, where weekends meet weekends; in the first week the last day against the days before
 * where it is a weekend nowhere, and the last three days where it may be one. Any must also lie below what the days before
 * usually had, so that one busy day of a launch makes no loss of the days after it. Null when nothing of the kind is to be
 * seen.
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
  return weekdayLost(subject, to, settings) ?? lostForLonger(subject, to, settings);
}

/** The first week, on days that are a weekend nowhere: the last day against the days before. */
function weekdayLost(subject: TrafficSubject, to: number, settings: Settings): Measurement | null {
  const { start, bucketMs } = subject;
  const from = to - Math.round(DAY / bucketMs);
  if (mayBeWeekend(start + from * bucketMs, start + to * bucketMs)) return null;
  const before = days(subject, from, to, 7);
  const [only, another] = before;
  if (only === undefined) return null;
  const factor = settings.threshold * NO_WEEK;
  const usual = another === undefined ? only : secondHighest(before);
  const found = lost(subject, from, to, usual, factor, settings);
  if (found === null || another !== undefined) return found;
  return throughoutTheDay(subject, to, settings) ? found : null;
}

/**
 * Whether much is gone in every quarter of the day of which that can be said, and in two at least: with a single day to
 * compare with, the hours of a launch or of a batch may be all that made it busy.
 */
function throughoutTheDay(subject: TrafficSubject, to: number, settings: Settings): boolean {
  const quarter = Math.round(DAY / 4 / subject.bucketMs);
  if (quarter < 1) return false;
  const quarters = [1, 2, 3, 4]
    .map((k) => ({ from: to - k * quarter, to: to - (k - 1) * quarter }))
    .map((span) => ({ ...span, usual: days(subject, span.from, span.to, 1)[0] ?? 0 }))
    .filter(({ usual }) => usual >= settings.minN);
  return (
    quarters.length >= 2 &&
    quarters.every(
      ({ from, to, usual }) => lost(subject, from, to, usual, settings.threshold, settings) !== null,
    )
  );
}

/** The first week, where a weekend cannot be told from a loss: the last three days against the days before. */
function lostForLonger(subject: TrafficSubject, to: number, settings: Settings): Measurement | null {
  const buckets = (ms: number) => Math.round(ms / subject.bucketMs);
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
  { minN, looks = 1 }: Settings,
): Measurement | null {
  const count = traffic.total(from, to);
  const { low, high } = poisson(count, 1 - CHANCE / looks);
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
