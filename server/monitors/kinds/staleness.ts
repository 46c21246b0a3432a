import { Z_TWO_SIDED_95 } from '../../../stats/distributions/normal.ts';
import { weightedSlope } from '../../../stats/movement/weighted-slope.ts';
import { type MetricMeta, type QualityKind, reasonOf, type Settings, unjudged } from '../kind.ts';
import { confirmed, options, ratio, windowed } from '../options.ts';
import { qualityRecipe } from '../quality/choose.ts';
import { qualityMetric } from '../quality/index.ts';
import type { QualityMeasure, QualitySubject } from '../subject.ts';

const MONTH = 28 * 86_400_000;
/** Stretches of the history whose quality is compared. */
const STRETCHES = 8;
/** One side 1 in 200, as of quality. */
const CONFIDENCE = 0.99;

const METRICS: readonly MetricMeta[] = [
  {
    ...{ id: 'loss_a_month', title: 'quality lost a month', unit: '', definition: 'loss_a_month@1' },
    worse: 'higher',
  },
];

/**
 * Whether quality wears off with the age of what the model was trained on: the slope of its headline metric over up to 56 days, in points
 * of it, or for errors as a share of them, for each 28 days that the training data gets older.
 */
export const staleness: QualityKind = {
  id: 'staleness',
  title: 'Staleness',
  layer: 'model',
  role: 'effect',
  harm: 'drift',
  urgency: 3,
  reads: 'quality',
  again: 'rewritten',
  perColumn: false,
  absolute: true,
  metrics: METRICS,
  severity: 'ticket',
  thresholdMeans:
    'lost in 28 days: points of a share such as AUC (0.02 is two), a share of an error (0.1 is a tenth)',
  defaults: { threshold: 0.02, window: 'model', history: true, minN: 200, m: 2, n: 3 },
  options: options(METRICS, ratio(0), { ...windowed, ...confirmed }),
  // What wears off by season comes back by itself: people who train on a rhythm ask for it.
  made: [],
  about: {
    decides:
      'The headline metric of the task over eight equal stretches of up to 56 days (2,000 buckets at most), as far as they hold `min_n` labels each: the weighted slope of quality over time, which is over the age of the training data while nothing is trained anew. It breaches when the lower bound of what is lost in 28 days passes the threshold; values that vary by more than their intervals say widen it. A newer version that is better ends it. No model has it until somebody adds it.',
    behind: [
      'the world moves on from what the model was trained on',
      'inputs that drift slowly',
      'labels that are made ever more strictly',
    ],
    todo: 'Train again on recent data, and note how long the gain lasts: that is how often it is worth while.',
  },
  recipe: (model) => qualityRecipe(model, undefined),
  compute(subject, index, settings) {
    const { measure, reason, labelled, matureTo, traffic } = subject;
    if (measure === null) return unjudged('no_data', reason);
    const n = labelled.total(index, index + 1);
    if (index >= matureTo) return unjudged('late', 'labels_not_mature', n);
    if (traffic.total(index, index + 1) === 0) return unjudged('no_data', 'no_predictions');
    const to = index + 1;
    const from = Math.max(0, to - settings.steadyWindow);
    const points = stretches(subject, measure, settings, { from, to });
    const seen = labelled.total(from, to);
    const slope = weightedSlope(points, CONFIDENCE);
    if ('reason' in slope) return unjudged('not_enough_data', 'too_few_labels', seen);
    const level = points.reduce((sum, { value }) => sum + value, 0) / points.length;
    const unit =
      qualityMetric(measure.metric)?.meta.loss === 'share' ? 1 / Math.max(Math.abs(level), 1e-12) : 1;
    const sign = measure.better === 'higher' ? -unit : unit;
    const [a, b] = [sign * slope.low, sign * slope.high];
    const value = sign * slope.value;
    const { threshold } = settings;
    const low = Math.min(a, b);
    const verdict = low > threshold ? 'breach' : value < threshold / 2 ? 'clear' : 'within';
    return {
      ...{ value, low, high: Math.max(a, b), n: seen, window: to - from, threshold, baseline: 0 },
      ...{ status: 'ok', verdict, reason: reasonOf(verdict) },
    };
  },
  phrase: ({ value }) =>
    value === null
      ? 'Quality wears off'
      : `Quality wears off by ${Number((100 * value).toPrecision(2))} points a month`,
};

/** The metric in each of the stretches that hold labels enough, by time in months. */
function stretches(
  { bucketMs, labelled }: QualitySubject,
  measure: QualityMeasure,
  { minN }: Settings,
  { from, to }: { readonly from: number; readonly to: number },
) {
  const length = Math.max(1, Math.floor((to - from) / STRETCHES));
  return Array.from({ length: STRETCHES }, (_, k) => to - k * length)
    .filter((end) => end - length >= from && labelled.total(end - length, end) >= minN)
    .flatMap((end) => {
      const found = measure.over(end - length, end);
      if ('reason' in found) return [];
      const { value, low, high } = found;
      const error = (high - low) / (2 * Z_TWO_SIDED_95);
      return [{ time: ((end - length / 2) * bucketMs) / MONTH, value, error }];
    });
}
