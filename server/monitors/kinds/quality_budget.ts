import { type QualityKind, unjudged } from '../kind.ts';
import { BUDGET_METRICS, errorBudget, phraseBudget } from '../measures/error-budget.ts';
import { confirmed, options, share, windowed } from '../options.ts';
import { lossRecipe, PLACES } from '../quality/from-losses.ts';

/** An objective for right answers, with burn rates over several windows, as labels come in. */
export const quality_budget: QualityKind = {
  id: 'quality_budget',
  title: 'Quality budget',
  layer: 'model',
  role: 'effect',
  harm: 'quality',
  urgency: 2,
  reads: 'quality',
  absolute: true,
  again: 'rewritten',
  perColumn: false,
  metrics: BUDGET_METRICS,
  severity: 'page',
  thresholdMeans: 'the objective: the share of right answers over 28 days, 0.9 is 90 %',
  defaults: { threshold: 0.9, window: 'bucket', history: true, minN: 100, m: 1, n: 1 },
  options: options(BUDGET_METRICS, share, { min_n: windowed.min_n, ...confirmed }),
  // An objective is set by people.
  made: [],
  about: {
    decides:
      'Wrong answers among labelled predictions, in the buckets of the predictions, against an objective, the share of good ones over 28 days; what may be bad is its error budget. `burn_rate` breaches when the budget burns too fast over a long window and still over a short one: 14.4 times as fast as it may over an hour and five minutes, 6 times over six hours and half an hour, or as fast over three days and six hours (windows shorter than a bucket are one bucket); the value is the furthest of the three as a multiple of that. `budget_left` breaches when what may be bad in 28 days is used up. A bucket is judged once its labels are in, and again when more come. No model has it until somebody sets an objective.',
    behind: ['the world changed', 'broken inputs or labels', 'a version that is worse'],
    todo: 'Look at the page Quality for the same time, and at the drift of the columns.',
  },
  recipe: (model) => lossRecipe(model),
  refuse: ({ id, task }) =>
    task === 'regression' ? `${id} answers with numbers: there is no right or wrong among them` : null,
  compute({ measure, reason, labelled, matureTo, bucketMs }, index, settings) {
    if (measure === null) return unjudged('no_data', reason);
    if (index >= matureTo) return unjudged('late', 'labels_not_mature', labelled.total(index, index + 1));
    const outcomes = (from: number, to: number) => {
      const sums = measure.sums(from, to);
      const part = (k: number) => sums.slice(k * PLACES, (k + 1) * PLACES).reduce((a, b) => a + b, 0);
      return { n: part(0), bad: part(1) };
    };
    return errorBudget(outcomes, index, bucketMs, settings);
  },
  phrase: ({ metric, value }) => phraseBudget('right answers', metric, value),
};
