import { z } from 'zod';
import { Z_ONE_SIDED_95 } from '../../../stats/distributions/normal.ts';
import { MIN_GROUP } from '../../../stats/fairness/parity.ts';
import { type MetricMeta, type QualityKind, reasonOf, unjudged } from '../kind.ts';
import { confirmed, options, share } from '../options.ts';
import { groupsRecipe, OF_ANSWERS } from '../quality/from-groups.ts';

/** One side 1 in 200, as of quality. */
const Z_DECISION = 2.58;

const METRICS: readonly MetricMeta[] = OF_ANSWERS.map(({ id, title, kind, limit }) => ({
  ...{ id, title, unit: '', definition: `${id}@1`, threshold: limit },
  worse: kind === 'ratio' ? 'lower' : 'higher',
}));

/**
 * Whether the groups of each protected attribute are treated alike, over time: the two of them that are furthest apart. It breaches when
 * the interval of the measure lies beyond its limit, which knows that the pair was picked out of all.
 */
export const fairness: QualityKind = {
  id: 'fairness',
  title: 'Fairness',
  layer: 'model',
  role: 'effect',
  harm: 'drift',
  urgency: 3,
  reads: 'quality',
  again: 'rewritten',
  perColumn: false,
  absolute: true,
  standing: true,
  metrics: METRICS,
  severity: 'ticket',
  thresholdMeans:
    'the largest difference that is allowed (0.1 is ten points), or for disparate_impact the smallest ratio (0.8: four fifths)',
  defaults: { threshold: 0.1, window: 'week', minN: MIN_GROUP, m: 2, n: 3 },
  options: options(METRICS, share, {
    attributes: z
      .union([z.literal('all'), z.array(z.string().min(1)).min(1).max(10)])
      .describe('protected attributes, or several together as `gender, age`; `all` when absent'),
    window_ms: z
      .number()
      .int()
      .positive()
      .max(366 * 86_400_000)
      .describe('what is judged at the end of each bucket, in milliseconds'),
    min_n: z
      .number()
      .int()
      .min(MIN_GROUP, `must be at least ${MIN_GROUP}`)
      .max(1e9)
      .describe('groups with fewer predictions, or labels where the metric needs them, are left out'),
    ...confirmed,
  }),
  made: [{}],
  about: {
    decides:
      'For each attribute under `protected`, and for all of them together, the two groups that are furthest apart over the last week (or the window of the model, where that is longer). `demographic_parity_difference`, the default, and `disparate_impact` ask how often each group is given the positive answer and need no labels; `equal_opportunity_difference`, `false_positive_difference`, `equalised_odds_difference` and `predictive_parity_difference` ask who is wronged and need them. It breaches when the interval of the measure lies beyond the threshold, which is a limit and is compared with nothing before; the interval is that of all pairs of groups together that may be the furthest (Bonferroni), since the pair is picked out of them. Groups with fewer than `min_n`, those without a value and what lies beyond the twenty most frequent values are no groups.',
    behind: [
      'the model treats groups otherwise, and did from the beginning or since a new version',
      'other people in one of the groups than before',
      'a feature that stands for the attribute is broken for one group',
    ],
    todo: 'Open the page Fairness: which two groups, in which measures, with which intervals. Whether a difference is wrong is for people to say; no measure proves that a model is fair.',
  },
  columns: ({ groups }, { attributes = 'all' }) =>
    [...(groups?.keys() ?? [])].filter((name) => attributes === 'all' || attributes.includes(name)),
  recipe: (model, metric = METRICS[0]!.id, column = '', { min_n = MIN_GROUP } = {}) =>
    groupsRecipe(model, metric, column, min_n),
  refuse({ id, task, protected: guarded }) {
    if (task !== 'binary' && task !== 'unknown')
      return `${id} is a ${task} model: fairness is told of two classes`;
    return guarded === null || guarded === '[]'
      ? `${id} has no protected attributes: set them first, such as ["gender"]`
      : null;
  },
  compute({ measure, reason, labelled, matureTo, traffic }, index, settings) {
    if (measure === null) return unjudged('no_data', reason);
    const now = labelled.total(index, index + 1);
    if (index >= matureTo) return unjudged('late', 'labels_not_mature', now);
    if (traffic.total(index, index + 1) === 0) return unjudged('no_data', 'no_predictions');
    const from = Math.max(0, index + 1 - settings.window);
    const found = measure.over(from, index + 1);
    if ('reason' in found) return unjudged('not_enough_data', found.reason, found.n);
    const { value, low, high, n } = found;
    const { threshold } = settings;
    const ratio = measure.better === 'higher';
    // The end next to equality may be that of a one-sided interval.
    const wider = Z_DECISION / Z_ONE_SIDED_95;
    const breach = ratio
      ? value * Math.max(high / Math.max(value, 1e-12), 1) ** wider < threshold
      : value - wider * (value - low) > threshold;
    const calm = ratio ? value > 1 - 0.8 * (1 - threshold) : value < 0.8 * threshold;
    const verdict = breach ? 'breach' : calm ? 'clear' : 'within';
    return {
      ...{ value, low, high, n, window: index + 1 - from, threshold, status: 'ok', verdict },
      // What it is where all are treated alike.
      baseline: ratio ? 1 : 0,
      reason: breach && ratio ? 'below_threshold' : reasonOf(verdict),
    };
  },
  phrase({ metric, columns, value }) {
    const measure = OF_ANSWERS.find(({ id }) => id === metric)?.title ?? metric;
    const by = columns === '' ? 'groups' : `groups by ${columns}`;
    return `Unlike treatment of ${by}: ${measure}${value === null ? '' : ` ${Number(value.toPrecision(2))}`}`;
  },
};
