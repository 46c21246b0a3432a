import { poisson } from '../../../stats/intervals/poisson.ts';
import type { Measurement } from '../../signals/measurement.ts';
import { type KindOf, type MetricMeta, reasonOf, type Settings, unjudged } from '../kind.ts';
import { sustainedLoss } from '../measures/sustained-loss.ts';
import { unheard } from '../measures/unheard.ts';
import { confirmed, options, ratio, sliced, windowed } from '../options.ts';
import type { TrafficSubject } from '../subject.ts';

const DAY = 86_400_000;
const WEEK = 7 * DAY;
/** One in ten thousand on either side: a bucket is judged every hour for months. */
const CHANCE = 0.0002;
/** Until two weeks are known, a weekend cannot be told from a loss: only a change this much larger counts. */
const UNSURE = 5;
/** So many weeks tell a weekend from a loss. */
const ENOUGH_WEEKS = 2;

const METRICS: readonly MetricMeta[] = [
  {
    id: 'count',
    title: 'predictions',
    unit: 'predictions',
    definition: 'count@1',
    worse: 'lower',
  },
];

/**
 * Predictions per bucket against the same hours of the last four weeks (against the same hours of the last days while
 * there are fewer than two weeks), robustly: the median, with the spread of those weeks. It breaches when the whole
 * interval of the count lies beyond `threshold` times less or more than expected and beyond that spread.
 * Buckets with little expected are judged together. Before two weeks are known a loss that lasts is looked for besides.
 */
export const volume: KindOf<TrafficSubject> = {
  id: 'volume',
  title: 'Volume',
  layer: 'serving',
  role: 'effect',
  harm: 'service',
  urgency: 2,
  cause: 'volume_change',
  reads: 'traffic',
  again: 'rewritten',
  perColumn: false,
  metrics: METRICS,
  severity: 'page',
  thresholdMeans: 'how many times fewer or more predictions than at the same hours before',
  levelMoves: true,
  defaults: { threshold: 2, window: 'bucket', minN: 30, m: 2, n: 3 },
  options: options(METRICS, ratio(1), { ...windowed, ...sliced, ...confirmed }),
  made: [{}],
  about: {
    decides:
      'Predictions per bucket against the same hours of the last four weeks: the median, with the spread of those weeks. With less than two weeks of history it compares with the same hours of the days before, and then only a very large change counts at once; a loss that lasts is found by comparing the last day with the same day a week ago (less than a third of it, at the default threshold), and in the first week the last day with the days before (less than a quarter) where it is a weekend nowhere, from Monday noon to Thursday morning UTC, and the last three days where it could be one. Buckets with little expected are judged together. Where no server of Tiltmeter was running for a tenth of the time or more, too few say nothing.',
    behind: [
      'a caller that lost its way to the model',
      'a retry storm',
      'an outage in front of the model',
      'a holiday',
    ],
    todo: 'Few predictions with few errors means that the callers do not arrive: look in front of the model.',
  },
  compute(subject, index, settings) {
    const judged = lossOrNot(subject, index, settings);
    const { verdict, value, baseline, window, n } = judged;
    const less = verdict === 'breach' && (value ?? 0) < (baseline ?? 0);
    // Nobody was there to take them.
    return less && unheard(subject, index + 1 - window, index + 1)
      ? unjudged('no_data', 'nobody_listened', n)
      : judged;
  },
  phrase: ({ value, baseline }) =>
    (value ?? 0) < (baseline ?? 0) ? 'Far fewer predictions than usual' : 'Far more predictions than usual',
};

function lossOrNot(subject: TrafficSubject, index: number, settings: Settings): Measurement {
  const judged = againstSameHours(subject, index, settings);
  if (judged.verdict === 'breach' || weeksBefore(subject, index, index + 1).length >= ENOUGH_WEEKS)
    return judged;
  return sustainedLoss(subject, index, settings) ?? judged;
}

/** The run of buckets that ends with this one, longer while it cannot be told, against the same hours before. */
function againstSameHours(subject: TrafficSubject, index: number, settings: Settings): Measurement {
  const { traffic, firstBucket } = subject;
  const most = Math.min(settings.maxWindow, WEEK / subject.bucketMs);
  let first: Measurement | null = null;
  for (let group = settings.window; group <= most; group *= 2) {
    const from = index + 1 - group;
    const history = sameHours(subject, from, index + 1);
    const known = from >= firstBucket && history.counts.length > 0;
    if (!known)
      return first ?? unjudged('not_enough_data', 'not_enough_history', traffic.total(index, index + 1));
    if (median(history.counts) < settings.minN) continue;
    const judged = judge(traffic.total(from, index + 1), history, group, settings);
    first ??= judged;
    // A change that one bucket cannot prove may be proved by a day of them.
    if (judged.verdict === 'breach') return judged;
    if (first.verdict === 'clear' || group * 2 > settings.steadyWindow) return first;
  }
  return first ?? unjudged('not_enough_data', 'too_few_predictions', traffic.total(index, index + 1));
}

interface History {
  readonly counts: readonly number[];
  /** The same hours of the week are known. */
  readonly weekly: boolean;
  /** Of the same hours one week ago, where that is known. */
  readonly aWeekAgo: number | undefined;
}

/** The counts of the same run of buckets one, two … weeks before; days before when too few weeks are known. */
function sameHours(subject: TrafficSubject, from: number, to: number): History {
  const weeks = weeksBefore(subject, from, to);
  if (weeks.length >= ENOUGH_WEEKS) return { counts: weeks, weekly: true, aWeekAgo: weeks[0] };
  const days = before(subject, from, to, DAY, 7);
  return { counts: days.length >= 3 ? days : [], weekly: false, aWeekAgo: weeks[0] };
}

const weeksBefore = (subject: TrafficSubject, from: number, to: number) => before(subject, from, to, WEEK, 4);

function before(
  { traffic, bucketMs, firstBucket }: TrafficSubject,
  from: number,
  to: number,
  spanMs: number,
  most: number,
): number[] {
  const counts: number[] = [];
  for (let k = 1; k <= most; k++) {
    const shift = Math.round((k * spanMs) / bucketMs);
    if (shift < to - from || from - shift < firstBucket) break;
    counts.push(traffic.total(from - shift, to - shift));
  }
  return counts;
}

function judge(
  count: number,
  { counts, weekly, aWeekAgo }: History,
  group: number,
  settings: Settings,
): Measurement {
  const expected = median(counts);
  const spread = 1.4826 * median(counts.map((other) => Math.abs(other - expected)));
  const sigma = Math.max(spread, Math.sqrt(expected), expected / 10);
  const factor = weekly ? settings.threshold : settings.threshold * UNSURE;
  const lowest = Math.max(0, Math.min(expected / factor, expected - 3 * sigma));
  const highest = Math.max(expected * factor, expected + 3 * sigma);
  const bounds = poisson(count, 1 - CHANCE / (settings.looks ?? 1));
  const breach =
    bounds.high < expected / factor && count <= lowest ? 'low' : bounds.low > highest ? 'high' : '';
  const calm = Math.sqrt(factor);
  // Until weeks are known the same hours of a week ago say what is calm, else the best of the days before: days that were
  // lost themselves do not.
  const normal = weekly ? expected : (aWeekAgo ?? Math.max(...counts));
  const clear = count >= normal / calm && count <= normal * calm;
  const verdict = breach ? 'breach' : clear ? 'clear' : 'within';
  return {
    value: count / group,
    low: bounds.low / group,
    high: bounds.high / group,
    n: count,
    window: group,
    threshold: (count < expected ? lowest : highest) / group,
    baseline: expected / group,
    status: 'ok',
    verdict,
    reason: breach === 'low' ? 'below_threshold' : reasonOf(verdict),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
