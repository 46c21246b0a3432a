import type { MetricMeta, QualityKind } from '../kind.ts';
import { qualityLoss } from '../measures/quality-loss.ts';
import { compared, confirmed, options, share, windowed } from '../options.ts';
import {
  ESTIMATED,
  type Estimated,
  errorRecipe,
  firstEstimate,
  notEstimated,
} from '../quality/from-estimates.ts';
import { qualityMetric } from '../quality/index.ts';

const METRICS: readonly MetricMeta[] = ESTIMATED.map((of) => ({
  ...{ id: `${of}_error`, title: `error of the estimated ${qualityMetric(of)!.meta.title}`, unit: '' },
  ...{ definition: `cbpe_${of}_error@1`, worse: 'higher' },
}));

const metricOf = (id: string | undefined) => id?.replace(/_error$/, '') as Estimated | undefined;

/**
 * How much estimates without labels have been worth: what the scores of labelled predictions promised, less what their
 * labels showed. A promise that is not kept is a change of what scores mean, which no estimate can see.
 */
export const estimate_error: QualityKind = {
  id: 'estimate_error',
  title: 'Error of the estimate',
  layer: 'model',
  role: 'effect',
  harm: 'quality',
  urgency: 3,
  reads: 'quality',
  again: 'rewritten',
  perColumn: false,
  metrics: METRICS,
  severity: 'ticket',
  thresholdMeans:
    'what was promised beyond what was kept, in points of the metric (0.05 is five of a hundred)',
  defaults: { threshold: 0.05, window: 'model', minN: 200, m: 2, n: 3 },
  options: options(METRICS, share, { ...compared, ...windowed, ...confirmed }),
  made: [{}],
  about: {
    decides:
      'The estimate of `estimated_performance` of labelled predictions alone, less what their labels showed, over the trailing window once the labels of a bucket are in. Above 0 the scores promised more than they kept. It breaches when the lower bound passes the threshold; estimates of later windows become as much less certain.',
    behind: [
      'the relation between input and answer changed (concept drift)',
      'the positive class became rarer or more frequent',
      'labels that came are not like the rest',
    ],
    todo: 'Do not trust estimates meanwhile. Look at the calibration and at what the change of quality is made of, on the page Quality; give the model a reference of newer labelled predictions, or train again.',
  },
  recipe: (model, metric) => errorRecipe(metricOf(metric) ?? firstEstimate(model), model),
  refuse: (model, { metric }) => notEstimated(model, metricOf(metric)),
  compute: (subject, index, settings) => qualityLoss(subject, index, settings, 'points'),
  phrase: ({ value }) =>
    value === null
      ? 'Estimates promise too much'
      : `Estimates promise ${Number((100 * value).toPrecision(2))} points too much`,
};
