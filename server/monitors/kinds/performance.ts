import { Z_TWO_SIDED_95 } from '../../../stats/distributions/normal.ts';
import type { Estimate } from '../../../stats/outcome.ts';
import { type MetricMeta, type QualityKind, reasonOf, unjudged } from '../kind.ts';
import { qualityRecipe } from '../measures/quality-recipes.ts';
import { compared, confirmed, options, ratio, windowed } from '../options.ts';
import { widen } from '../track.ts';

/** One side 1 in 200: quality is judged over long, overlapping windows, twice, and past a practical drop. */
const Z_DECISION = 2.58;

/** Metrics that a model of a task never has. */
const UNFIT: Readonly<Record<string, readonly string[]>> = {
  binary: ['mae'],
  multiclass: ['mae', 'roc_auc'],
  regression: ['roc_auc', 'accuracy'],
};

const METRICS: readonly MetricMeta[] = [
  {
    id: 'roc_auc',
    title: 'ROC AUC',
    unit: '',
    definition: 'roc_auc@1',
    worse: 'lower',
    headline: 1,
  },
  {
    id: 'accuracy',
    title: 'accuracy',
    unit: 'share',
    definition: 'accuracy@1',
    worse: 'lower',
    headline: 2,
  },
  {
    id: 'mae',
    title: 'mean absolute error',
    unit: '',
    definition: 'mae@1',
    worse: 'higher',
    threshold: 0.2,
    headline: 3,
  },
];

/** An area under the ROC curve of a model that knows nothing is a half and varies around it; further below, its scores rank the wrong way. */
const FAR_BELOW_CHANCE = 0.4;

/**
 * The headline quality metric of the model's task, over its trailing window, once the labels of a bucket are in:
 * ROC AUC (or accuracy) for two classes, accuracy for more, mean absolute error for numbers. It breaches when the
 * interval of the loss against the reference, or against the first labelled weeks, passes `threshold`: five points of
 * AUC or accuracy, a fifth of the error. A fifth, since errors grow with the size of what is predicted and people act
 * on no less; points, since that is how shares of right answers are read.
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
    'loss against the baseline: points of AUC or accuracy (0.05 is five), a share of an error metric (0.2 is a fifth)',
  defaults: { threshold: 0.05, window: 'model', minN: 200, m: 2, n: 3 },
  options: options(METRICS, ratio(0), { ...compared, ...windowed, ...confirmed }),
  made: [{}],
  about: {
    decides:
      'The headline metric of the task over the trailing window, once the labels of a bucket are in (`label_delay_ms`): ROC AUC or accuracy for two classes, accuracy for more, mean absolute error for numbers. It breaches when the interval of the loss, against the reference or against the first labelled weeks, passes the threshold. Labels that arrive later correct the past; what was known when stays readable.',
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
    const points = task === 'binary' || task === 'multiclass';
    if (points && threshold >= 1)
      return `a threshold of ${threshold} is more than there is to lose: of AUC and accuracy it is points, 0.05 is five of a hundred`;
    if (metric === undefined || !(UNFIT[task] ?? []).includes(metric)) return null;
    return `${id} is a ${task} model: it has no ${metric}`;
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
    const allowed = measure.better === 'higher' ? settings.threshold : settings.threshold * baseline.value;
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

function sentenceCase(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Half the width of an interval. */
const reach = ({ low, high }: Estimate) => (high - low) / 2;

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
