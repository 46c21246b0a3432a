import { type KindOf, reasonOf, unjudged } from '../kind.ts';
import type { TrafficSubject } from '../subject.ts';

/** Buckets with predictions that must be known before a gap can be called unusual. */
const HISTORY = 24;

/**
 * Time since the last prediction, at the end of each bucket, against the gaps this model usually has: the longest that
 * happened at least twice in the last weeks, so that nights and weekends are expected and one old outage is not.
 * Only for a model whose event time follows the wall clock; a replay of the past has no freshness.
 */
export const freshness: KindOf<TrafficSubject> = {
  id: 'freshness',
  title: 'Freshness',
  layer: 'serving',
  harm: 'service',
  reads: 'traffic',
  perColumn: false,
  metrics: [{ id: 'age', unit: 's', definition: 'age@1' }],
  severity: 'page',
  thresholdMeans: 'how many times longer than the usual longest gap; at least three buckets',
  defaults: { threshold: 2, window: 'bucket', minN: 1, m: 1, n: 1 },
  compute({ traffic, live, bucketMs, firstBucket }, index, settings) {
    if (!live) return unjudged('no_data', 'replayed_history');
    if (index < firstBucket) return unjudged('no_data', 'no_predictions');
    const from = Math.max(firstBucket, index + 1 - settings.maxWindow);
    const gaps: number[] = [];
    let filled = 0;
    let gap = 0;
    for (let bucket = from; bucket <= index; bucket++) {
      if (traffic.total(bucket, bucket + 1) === 0) {
        gap++;
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
