import type { KindOf } from '../kind.ts';
import { BUDGET_METRICS, errorBudget, phraseBudget } from '../measures/error-budget.ts';
import { confirmed, options, share, windowed } from '../options.ts';
import type { ErrorSubject } from '../subject.ts';

/** An objective for answers without an error, with burn rates over several windows. */
export const error_budget: KindOf<ErrorSubject> = {
  id: 'error_budget',
  title: 'Error budget',
  layer: 'serving',
  role: 'effect',
  harm: 'service',
  urgency: 1,
  cause: 'infrastructure_saturation',
  reads: 'errors',
  again: 'rewritten',
  perColumn: false,
  metrics: BUDGET_METRICS,
  severity: 'page',
  thresholdMeans: 'the objective: the share of answers without an error over 28 days, 0.99 is 99 %',
  defaults: { threshold: 0.99, window: 'bucket', history: true, minN: 100, m: 1, n: 1 },
  options: options(BUDGET_METRICS, share, { min_n: windowed.min_n, ...confirmed }),
  // An objective is set by people.
  made: [],
  about: {
    decides:
      'Predictions with an `error` against an objective, the share of good ones over 28 days; what may be bad is its error budget. `burn_rate` breaches when the budget burns too fast over a long window and still over a short one: 14.4 times as fast as it may over an hour and five minutes, 6 times over six hours and half an hour, or as fast over three days and six hours (windows shorter than a bucket are one bucket); the value is the furthest of the three as a multiple of that. `budget_left` breaches when what may be bad in 28 days is used up. No model has it until somebody sets an objective.',
    behind: ['a version that fails', 'a dependency that is away', 'more load than capacity'],
    todo: 'A fast burn is an outage: undo the newest change first. A slow one is for working hours: see which errors they are.',
  },
  compute: ({ track, bucketMs }, index, settings) =>
    errorBudget(
      (from, to) => ({ n: track.total(from, to), bad: track.sum(1, from, to) }),
      index,
      bucketMs,
      settings,
    ),
  phrase: ({ metric, value }) => phraseBudget('answers without an error', metric, value),
};
