import { Z_TWO_SIDED_95 } from '../../../stats/distributions/normal.ts';
import type { Estimate } from '../../../stats/outcome.ts';
import { type MetricMeta, type QualityKind, reasonOf, unjudged } from '../kind.ts';
import { compared, confirmed, options, ratio, windowed } from '../options.ts';
import { qualityRecipe } from '../quality/choose.ts';
import { QUALITY_METRICS, qualityMetric } from '../quality/index.ts';
import { widen } from '../track.ts';

/** One side 1 in 200: quality is judged over long, overlapping windows, twice, and past a practical drop. */
const Z_DECISION = 2.58;

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
  again: 'rewritten',
  perColumn: false,
  metrics: METRICS,
  severity: 'page',
  thresholdMeans:
    'loss against the baseline: points of a share such as AUC, accuracy or F1 (0.05 is five), a share of an error or of the lift (0.2 is a fifth)',
  defaults: { threshold: 0.05, window: 'model', minN: 200, m: 2, n: 3 },
  options: options(METRICS, ratio(0), { ...compared, ...windowed, ...confirmed }),
  made: [{}],
  about: {
    decides:
      'A metric of quality over the trailing window, once the labels of a bucket are in (`label_delay_ms`): the headline of the task (ROC AUC or accuracy for two classes, accuracy for more, mean absolute error for numbers), or the one that `metric` names; several monitors watch several. Precision, recall, F1 and their like are of the positive class; log loss, Brier score and calibration error take the score for its probability, and say so where it lies outside of 0 to 1. It breaches when the interval of the loss, against the reference or against the first labelled weeks, passes the threshold. Labels that arrive later correct the past; what was known when stays readable.',
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
  compute({ measure, reason, labelled, matureTo, traffic }, index, settings) {
    if (measure === null) return unjudged('no_data', reason);
    if (index >= matureTo) return unjudged('late', 'labels_not_mature', labelled.total(index, index + 1));
    if (traffic.total(index, index + 1) === 0) return unjudged('no_data', 'no_predictions');
    if (labelled.total(index, index + 1) === 0) return unjudged('no_data', 'no_labels');
    const count = (from: number, to: number) => labelled.total(from, to);
    const window = widen(count, index, settings.window, settings.minN, settings.maxWindow);
    if (window.n < settings.minN) return unjudged('not_enough_data', 'too_few_labels', window.n);
    const now = measure.over(window.from, window.to);
    if ('reason' in now) return unjudged('not_enough_data', now.reason, now.n);
    const shown = {
      value: now.value,
      low: now.low,
      high: now.high,
      n: now.n,
      window: window.to - window.from,
      status: 'ok',
    };
    const { baseline } = measure;
    if (baseline === null || 'reason' in baseline)
      return {
        ...shown,
        threshold: null,
        baseline: null,
        verdict: 'not_enough_data',
        reason: baseline?.reason ?? 'no_baseline',
      };
    const sign = measure.better === 'higher' ? -1 : 1;
    const allowed = settings.threshold * (lossOf(measure.metric) === 'share' ? Math.abs(baseline.value) : 1);
    const loss = sign * (now.value - baseline.value);
    const noise = (Z_DECISION / Z_TWO_SIDED_95) * Math.hypot(reach(now), reach(baseline));
    const verdict = loss - noise > allowed ? 'breach' : loss < allowed / 2 ? 'clear' : 'within';
    return {
      ...shown,
      threshold: baseline.value + sign * allowed,
      baseline: baseline.value,
      verdict,
      reason: verdict === 'breach' && sign < 0 ? 'below_threshold' : reasonOf(verdict),
    };
  },
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

/** Half the width of an interval. */
const reach = ({ low, high }: Estimate) => (high - low) / 2;

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
