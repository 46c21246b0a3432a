import type { MetricMeta, QualityKind } from '../kind.ts';
import { qualityLoss } from '../measures/quality-loss.ts';
import { compared, confirmed, options, ratio, sliced, windowed } from '../options.ts';
import { qualityRecipe } from '../quality/choose.ts';
import { QUALITY_METRICS, qualityMetric } from '../quality/index.ts';

/** The share of an error that people act on. */
const SHARE_LOST = 0.2;

const METRICS: readonly MetricMeta[] = QUALITY_METRICS.map(({ meta }) =>
  meta.loss === 'share' ? { ...meta, threshold: SHARE_LOST } : meta,
);

/** Tasks of which it is known what metrics they have. */
const JUDGED: readonly string[] = QUALITY_METRICS.flatMap(({ tasks }) => tasks);

/** An area under the ROC curve of a model that knows nothing is a half and varies around it; further below, its scores rank the wrong way. */
const FAR_BELOW_CHANCE = 0.4;

/**
 * One quality metric over the model's trailing window, once the labels of a bucket are in: the headline of its task (ROC
 * AUC, or accuracy without scores, for two classes; accuracy for more; mean absolute error for numbers), or the one that
 * people chose; a model may have several such monitors. It breaches when the interval of the loss against the reference, or
 * against the first labelled weeks, passes `threshold`: five points of a share, a fifth of an error. A fifth, since errors
 * grow with the size of what is predicted and people act on no less; points, since that is how shares of right answers are read.
 */
export const performance: QualityKind = {
  id: 'performance',
  title: 'Performance',
  layer: 'model',
  role: 'effect',
  harm: 'quality',
  urgency: 1,
  reads: 'quality',
  standsFor: 'realised',
  again: 'rewritten',
  perColumn: false,
  metrics: METRICS,
  severity: 'page',
  thresholdMeans:
    'loss against the baseline: points of a share such as AUC, accuracy or F1 (0.05 is five), a share of an error or of the lift (0.2 is a fifth)',
  defaults: { threshold: 0.05, window: 'model', minN: 200, m: 2, n: 3 },
  options: options(METRICS, ratio(0), { ...compared, ...windowed, ...sliced, ...confirmed }),
  made: [{}],
  about: {
    decides:
      'A metric of quality over the trailing window, once the labels of a bucket are in (`label_delay_ms`): the headline of the task (ROC AUC or accuracy for two classes, accuracy for more, mean absolute error for numbers), or the one that `metric` names; several monitors watch several. Precision, recall, F1 and their like are of the positive class; log loss, Brier score and calibration error take the score for its probability, and say so where it lies outside of 0 to 1. It breaches when the interval of the loss, against the newest default reference that has labels (and scores where the metric needs them) or else against the first labelled weeks, passes the threshold: a new reference without labels changes nothing about quality, and an alert that ends only since another reference is compared with says so (`reference_changed`). Labels that arrive later correct the past; what was known when stays readable. Where labels take longer than a bucket, as many as have come by its age are known from how long earlier ones took: a bucket is judged once half of its labels have come (nine of ten where the rest takes more than a week or two windows; or after `label_delay_ms` where that is set), and while more are to come its interval is wider by their share of one standard deviation of single rows, as far as labels unlike those that came could move it. What they may still undo neither alarms nor ends an alert (`labels_not_mature`).',
    behind: [
      'the world changed (concept drift)',
      'input drift into regions the model never learned',
      'broken inputs',
      'broken labels',
    ],
    todo: 'Look at the drift of the same time first. If the inputs are as before, the relation between input and answer changed: train again on recent data.',
  },
  recipe: qualityRecipe,
  refuse({ id, task }, { metric, threshold = 0 }) {
    const points = metric === undefined ? task !== 'regression' : lossOf(metric) === 'points';
    if (points && JUDGED.includes(task) && threshold >= 1)
      return `a threshold of ${threshold} is more than there is to lose: of ${metric ?? 'AUC and accuracy'} it is points, 0.05 is five of a hundred`;
    if (metric === undefined || !JUDGED.includes(task)) return null;
    const fits = qualityMetric(metric)?.tasks.some((one) => one === task);
    return fits === false ? `${id} is a ${task} model: it has no ${metric}` : null;
  },
  compute: (subject, index, settings) => qualityLoss(subject, index, settings, lossOf(settings.metric)),
  phrase: ({ metric, value, baseline }) => {
    const title = sentenceCase(METRICS.find(({ id }) => id === metric)?.title ?? metric);
    if (value === null || baseline === null) return `${title} is worse`;
    const told = `${title} ${value < baseline ? 'fell' : 'rose'} to ${short(value)} (reference ${short(baseline)})`;
    return metric === 'roc_auc' && value < FAR_BELOW_CHANCE ? `${told}: scores rank upside down` : told;
  },
};

/** What a threshold of a metric is in. */
const lossOf = (metric: string) => qualityMetric(metric)?.meta.loss ?? 'points';

function sentenceCase(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
