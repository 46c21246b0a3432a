import type { MetricMeta, QualityKind } from '../kind.ts';
import { qualityLoss } from '../measures/quality-loss.ts';
import { compared, confirmed, options, share, sliced, windowed } from '../options.ts';
import { errorEstimate } from '../quality/from-error-bands.ts';
import {
  ESTIMATED,
  type Estimated,
  estimateRecipe,
  firstEstimate,
  notEstimated,
} from '../quality/from-estimates.ts';
import { qualityMetric } from '../quality/index.ts';

/** Behind every realised metric. */
const HEADLINE: Partial<Record<Estimated, number>> = { roc_auc: 11, accuracy: 12 };

/** Of numbers: what an error is a share of, and how it is estimated. */
const OF_NUMBERS = 'mae';
const SHARE_LOST = 0.2;
const ERRORS: MetricMeta = {
  ...withoutHeadline(qualityMetric(OF_NUMBERS)!.meta),
  ...{ definition: 'error_by_answer_mae@1', threshold: SHARE_LOST },
};

const OF_CLASSES: readonly MetricMeta[] = ESTIMATED.map((id) => {
  const meta = withoutHeadline(qualityMetric(id)!.meta);
  const headline = HEADLINE[id];
  return { ...meta, definition: `cbpe_${id}@3`, ...(headline !== undefined && { headline }) };
});

const METRICS: readonly MetricMeta[] = [...OF_CLASSES, ERRORS];

function withoutHeadline({ headline: _, ...meta }: MetricMeta): MetricMeta {
  return meta;
}

/** What a bucket without scores lacks is no label. */
const RENAMED: Readonly<Record<string, string>> = {
  no_labels: 'no_scores',
  too_few_labels: 'too_few_predictions',
  labels_not_mature: 'not_judged_yet',
};

/**
 * How good a model of two classes is before its labels come: each score counts as positive by the chance that labelled rows
 * of its reference, or of its own first weeks, gave it (confidence-based performance estimation). Where labels of earlier
 * windows contradicted such promises it goes part of the way alone. The interval holds the scatter of the labels to come, the calibration's
 * own error, and what estimates have been wrong by where labels have come since.
 */
export const estimated_performance: QualityKind = {
  id: 'estimated_performance',
  title: 'Estimated performance',
  layer: 'model',
  role: 'effect',
  harm: 'quality',
  urgency: 2,
  reads: 'quality',
  standsFor: 'estimated',
  again: 'rewritten',
  perColumn: false,
  metrics: METRICS,
  severity: 'page',
  thresholdMeans:
    'estimated loss against the baseline: points of the metric (0.05 is five of a hundred), of numbers a share of their error (0.2 is a fifth)',
  defaults: { threshold: 0.05, window: 'model', minN: 500, m: 2, n: 3 },
  options: options(METRICS, share, { ...compared, ...windowed, ...sliced, ...confirmed }),
  made: [{}],
  about: {
    decides:
      'ROC AUC, or the metric that `metric` names, as the scores of the trailing window promise it, without labels: what each score means is learned from at least 500 labelled predictions of the reference, or of the first labelled weeks. Where labels of earlier windows contradicted such promises, the estimate goes only part of the way from what those labelled predictions were themselves to what the scores promise ([decision 13](../adr/0013-estimates-are-weighed.md)). It breaches when the interval of the estimated loss, against what the baseline really was, passes the threshold. The interval holds the scatter of the labels to come, the error of the calibration, and what estimates of earlier windows were wrong by where labels have come since. **It cannot see concept drift**: scores that mean something else than they did promise what they do not keep; `estimate_error` and `concept_drift` watch for that once labels come. Of several classes accuracy is estimated, from the winning of the probabilities, and, of up to ten, ROC AUC (each against the rest), `macro_f1`, `macro_precision` and `macro_recall`, from the probability of each. Of numbers there is one where `metric` is `mae`: the mean absolute error to be expected from what is answered, by how far off labelled answers of each size were (direct loss estimation with the answer as the one input, in twelve bands). It sees that answers are larger, or that more of them are of the sort that is hard; inputs are seen by the estimate on the page Quality, which is made from rows when it is asked for.',
    behind: [
      'inputs on which the model is less sure: other scores are frequent now',
      'broken or missing features, which leave it undecided',
    ],
    todo: 'Look at the drift of inputs and of the confidence in the same time; get some labels of the newest predictions early, since they tell whether it is so.',
  },
  recipe: (model, metric) =>
    metric === OF_NUMBERS
      ? errorEstimate(model)
      : estimateRecipe((metric ?? firstEstimate(model)) as Estimated, model),
  refuse: (model, { metric }) =>
    metric === OF_NUMBERS && model.task === 'regression' ? null : notEstimated(model, metric),
  compute(subject, index, settings) {
    const found = qualityLoss(subject, index, settings, settings.metric === OF_NUMBERS ? 'share' : 'points');
    const { reason, status } = found;
    return { ...found, reason: RENAMED[reason] ?? reason, status: RENAMED[status] ?? status };
  },
  phrase({ metric, value, baseline }) {
    const title = METRICS.find(({ id }) => id === metric)?.title ?? metric;
    return value === null || baseline === null
      ? `Estimated ${title} is worse`
      : `Estimated ${title} ${value < baseline ? 'fell' : 'rose'} to ${short(value)} (reference ${short(baseline)})`;
  },
};

const short = (value: number) => String(Number(value.toPrecision(3)));
