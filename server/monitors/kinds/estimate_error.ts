import type { MetricMeta, QualityKind } from '../kind.ts';
import { qualityLoss } from '../measures/quality-loss.ts';
import { compared, confirmed, options, share, windowed } from '../options.ts';
import { errorBeyondEstimate } from '../quality/from-error-bands.ts';
import {
  ESTIMATED,
  type Estimated,
  errorRecipe,
  firstEstimate,
  notEstimated,
} from '../quality/from-estimates.ts';
import { qualityMetric } from '../quality/index.ts';

/** Of numbers: by how much labelled errors are larger than such answers promise. */
const OF_NUMBERS = 'mae_error';
const ERRORS: MetricMeta = {
  ...{ id: OF_NUMBERS, title: `error of the estimated ${qualityMetric('mae')!.meta.title}`, unit: '' },
  ...{ definition: 'error_by_answer_mae_error@1', worse: 'higher', loss: 'share', threshold: 0.2 },
};

const OF_CLASSES: readonly MetricMeta[] = ESTIMATED.map((of) => ({
  ...{ id: `${of}_error`, title: `error of the estimated ${qualityMetric(of)!.meta.title}`, unit: '' },
  ...{ definition: `cbpe_${of}_error@1`, worse: 'higher' },
}));

const METRICS: readonly MetricMeta[] = [...OF_CLASSES, ERRORS];

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
    'what was promised beyond what was kept, in points of the metric (0.05 is five of a hundred), of numbers as a share of their error (0.2 is a fifth)',
  defaults: { threshold: 0.05, window: 'model', minN: 200, m: 2, n: 3 },
  options: options(METRICS, share, { ...compared, ...windowed, ...confirmed }),
  made: [{}],
  about: {
    decides:
      'The estimate of `estimated_performance` of labelled predictions alone, less what their labels showed, over the trailing window once the labels of a bucket are in. Above 0 the scores promised more than they kept. It breaches when the lower bound passes the threshold; estimates of later windows become as much less certain. Of numbers there is one where `metric` is `mae_error`: by how much the errors of labelled answers are larger than those of answers of such a size were at the baseline, as a share of the mean absolute error there.',
    behind: [
      'the relation between input and answer changed (concept drift)',
      'the positive class became rarer or more frequent',
      'labels that came are not like the rest',
    ],
    todo: 'Do not trust estimates meanwhile. Look at the calibration and at what the change of quality is made of, on the page Quality; give the model a reference of newer labelled predictions, or train again.',
  },
  recipe: (model, metric) =>
    metric === OF_NUMBERS
      ? errorBeyondEstimate(model)
      : errorRecipe(metricOf(metric) ?? firstEstimate(model), model),
  refuse: (model, { metric }) =>
    metric === OF_NUMBERS && model.task === 'regression' ? null : notEstimated(model, metricOf(metric)),
  compute: (subject, index, settings) =>
    qualityLoss(subject, index, settings, settings.metric === OF_NUMBERS ? 'share' : 'points'),
  phrase: ({ metric, value }) =>
    value === null
      ? 'Estimates promise too much'
      : metric === OF_NUMBERS
        ? `Errors are larger by ${Number(value.toPrecision(3))} than answers like these promise`
        : `Estimates promise ${Number((100 * value).toPrecision(2))} points too much`,
};
