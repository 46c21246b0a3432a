import { type KindOf, type MetricMeta, reasonOf, unjudged } from '../kind.ts';
import { confirmed, options, ratio } from '../options.ts';
import type { ReviewSubject } from '../subject.ts';

const DAY = 86_400_000;

const METRICS: readonly MetricMeta[] = [
  {
    ...{ id: 'oldest_review', title: 'age of the oldest open review', unit: 'days' },
    ...{ definition: 'oldest_review@1', worse: 'higher' },
  },
  {
    ...{ id: 'open_reviews', title: 'open reviews', unit: 'count', definition: 'open_reviews@1' },
    ...{ worse: 'higher', threshold: 200 },
  },
];

/**
 * How long the oldest open item of the queue of reviews has waited, or how many are open, at the end of each bucket. Only for a model whose event time
 * follows the wall clock: people answer by that.
 */
export const review_backlog: KindOf<ReviewSubject> = {
  id: 'review_backlog',
  title: 'Review backlog',
  layer: 'model',
  role: 'effect',
  harm: 'drift',
  urgency: 3,
  standing: true,
  reads: 'reviews',
  again: 'never',
  perColumn: false,
  metrics: METRICS,
  severity: 'ticket',
  thresholdMeans: 'days that the oldest has waited; of `open_reviews` how many are open, 200 by default',
  defaults: { threshold: 7, window: 'bucket', minN: 1, m: 2, n: 3 },
  options: options(METRICS, ratio(0), { ...confirmed }),
  // Only who has a queue can have a backlog.
  made: [],
  about: {
    decides:
      'How many days the oldest open item of the queue of [reviews](../review.md) of the model has waited at the end of the bucket, or with the metric `open_reviews` how many are open then. It breaches above the threshold. Only for models whose event time follows the wall clock. No model has it until somebody adds it.',
    behind: [
      'nobody looks at the queue any more',
      'more is put in a day than people can answer',
      'items that are given to somebody who is away',
    ],
    todo: 'See on the page Review who answers and what waits. Put in less a day, ask more people, or skip what nobody can tell.',
  },
  compute({ start, bucketMs, live, waited }, index, { metric, threshold }) {
    if (!live) return unjudged('no_data', 'replayed_history');
    const end = start + (index + 1) * bucketMs;
    const open = waited.filter(({ from, to }) => from <= end && (to === null || to > end));
    const oldest = open.reduce((least, { from }) => Math.min(least, from), end);
    const value = metric === 'open_reviews' ? open.length : (end - oldest) / DAY;
    const verdict = value > threshold ? 'breach' : value <= threshold / 2 ? 'clear' : 'within';
    return {
      ...{ value, low: value, high: value, n: open.length, window: 1, threshold, baseline: null },
      ...{ status: 'ok', verdict, reason: reasonOf(verdict) },
    };
  },
  phrase: ({ metric, value }) =>
    value === null
      ? 'Reviews wait'
      : metric === 'open_reviews'
        ? `${value} reviews wait`
        : `A review waits for ${Number(value.toPrecision(2))} days`,
};
