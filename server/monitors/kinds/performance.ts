import { Z_TWO_SIDED_95 } from '../../../stats/normal.ts';
import type { Estimate } from '../../../stats/outcome.ts';
import { widen } from '../judge/track.ts';
import { type KindOf, reasonOf, unjudged } from '../kind.ts';
import type { QualitySubject } from '../subject.ts';

/** One side 1 in 200: quality is judged over long, overlapping windows, twice, and past a practical drop. */
const Z_DECISION = 2.58;

const TITLES: Readonly<Record<string, string>> = {
  roc_auc: 'ROC AUC',
  accuracy: 'Accuracy',
  mae: 'Mean absolute error',
};

/**
 * The headline quality metric of the model's task, over its trailing window, once the labels of a bucket are in:
 * ROC AUC (or accuracy) for two classes, accuracy for more, mean absolute error for numbers. It breaches when the
 * interval of the loss against the reference, or against the first labelled weeks, passes `threshold`: five points of
 * AUC or accuracy, a fifth of the error. A fifth, since errors grow with the size of what is predicted and people act
 * on no less; points, since that is how shares of right answers are read.
 */
export const performance: KindOf<QualitySubject> = {
  id: 'performance',
  title: 'Performance',
  layer: 'model',
  harm: 'quality',
  reads: 'quality',
  perColumn: false,
  metrics: [
    { id: 'roc_auc', unit: '', definition: 'roc_auc@1' },
    { id: 'accuracy', unit: 'share', definition: 'accuracy@1' },
    { id: 'mae', unit: '', definition: 'mae@1', threshold: 0.2 },
  ],
  severity: 'page',
  thresholdMeans:
    'loss against the baseline: points of AUC or accuracy (0.05 is five), a share of an error metric (0.2 is a fifth)',
  defaults: { threshold: 0.05, window: 'model', minN: 200, m: 2, n: 3 },
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
    const title = TITLES[metric] ?? metric;
    if (value === null || baseline === null) return `${title} is worse`;
    return `${title} ${value < baseline ? 'fell' : 'rose'} to ${short(value)} (reference ${short(baseline)})`;
  },
};

/** Half the width of an interval. */
const reach = ({ low, high }: Estimate) => (high - low) / 2;

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
