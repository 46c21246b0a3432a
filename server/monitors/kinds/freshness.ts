import { type KindOf, type MetricMeta, reasonOf, unjudged } from '../kind.ts';
import { unheard } from '../measures/unheard.ts';
import { confirmed, options, ratio } from '../options.ts';
import type { TrafficSubject } from '../subject.ts';

/** Buckets with predictions that must be known before a gap can be called unusual. */
const HISTORY = 24;

const METRICS: readonly MetricMeta[] = [
  {
    id: 'age',
    title: 'age of the newest event',
    unit: 's',
    definition: 'age@1',
    worse: 'higher',
  },
];

/**
 * Time since the last prediction, at the end of each bucket, against the gaps this model usually has: the longest that
 * happened at least twice in the last weeks, so that nights and weekends are expected and one old outage is not.
 * Only for a model whose event time follows the wall clock; a replay of the past has no freshness. Time in which no server
 * was awake does not count.
 */
export const freshness: KindOf<TrafficSubject> = {
  id: 'freshness',
  title: 'Freshness',
  layer: 'serving',
  role: 'effect',
  harm: 'service',
  urgency: 1,
  cause: 'pipeline_failure',
  reads: 'traffic',
  again: 'never',
  perColumn: false,
  metrics: METRICS,
  severity: 'page',
  thresholdMeans: 'how many times longer than the usual longest gap; at least three buckets',
  defaults: { threshold: 2, window: 'bucket', minN: 1, m: 1, n: 1 },
  options: options(METRICS, ratio(1), { ...confirmed }),
  made: [{}],
  about: {
    decides:
      'The time since the last prediction against the gaps that this model usually has (the longest that happened at least twice in the last weeks, so nights and weekends are expected). Only for models whose event time follows the wall clock: a replay of the past has no freshness. Time in which no server of Tiltmeter was running does not count.',
    behind: ['the service is down', 'the sender lost its key or its network', 'a batch job did not run'],
    todo: 'Look at the service first, then at the rejects and at the last use of its key.',
  },
  compute(subject, index, settings) {
    const { traffic, live, bucketMs, firstBucket } = subject;
    if (!live) return unjudged('no_data', 'replayed_history');
    if (index < firstBucket) return unjudged('no_data', 'no_predictions');
    const from = Math.max(firstBucket, index + 1 - settings.maxWindow);
    const gaps: number[] = [];
    let filled = 0;
    let gap = 0;
    for (let bucket = from; bucket <= index; bucket++) {
      if (traffic.total(bucket, bucket + 1) === 0) {
        if (!unheard(subject, bucket, bucket + 1)) gap++;
        continue;
      }
      filled++;
      if (gap > 0) gaps.push(gap);
      gap = 0;
    }
    if (filled < HISTORY) return unjudged('not_enough_data', 'not_enough_history', filled);
    const usual = gaps.sort((a, b) => b - a)[1] ?? 0;
    const limit = Math.max(3, settings.threshold * usual);
    const verdict = gap >= limit ? 'breach' : gap === 0 ? 'clear' : 'within';
    const seconds = bucketMs / 1000;
    return {
      value: gap * seconds,
      low: gap * seconds,
      high: gap * seconds,
      n: filled,
      window: 1,
      threshold: limit * seconds,
      baseline: usual * seconds,
      status: 'ok',
      verdict,
      reason: reasonOf(verdict),
    };
  },
  phrase: () => 'No predictions arriving',
};
