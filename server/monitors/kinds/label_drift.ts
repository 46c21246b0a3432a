import { type QualityKind, reasonOf, unjudged } from '../kind.ts';
import { DRIFT_METRICS } from '../measures/column-drift.ts';
import { compared, confirmed, options, share, windowed } from '../options.ts';
import { labelMixRecipe } from '../quality/from-labels.ts';
import { widen } from '../track.ts';

/**
 * Whether the mix of labels is another than at the reference, or in the first labelled weeks: what is true of the world has changed,
 * whatever the model says of it.
 */
export const label_drift: QualityKind = {
  id: 'label_drift',
  title: 'Label drift',
  layer: 'model',
  role: 'shift',
  harm: 'drift',
  urgency: 3,
  reads: 'quality',
  again: 'rewritten',
  perColumn: false,
  metrics: DRIFT_METRICS,
  cause: 'prior_shift',
  severity: 'ticket',
  thresholdMeans: 'distance, 0 (same) to 1 (disjoint); 0.1 is a class that grows from 50 % to about 64 %',
  defaults: { threshold: 0.1, window: 'model', minN: 200, m: 2, n: 3 },
  options: options(DRIFT_METRICS, share, { ...compared, ...windowed, ...confirmed }),
  // What is true differs from season to season: people who know that theirs does not ask for it.
  made: [],
  about: {
    decides:
      'The mix of labels over the trailing window, once the labels of a bucket have had the label delay of the model, against the reference or the first labelled weeks: the debiased Jensen–Shannon distance (base 2), as of columns. Classes have bins of their own up to about a hundred, beyond that some share one; numbers are counted in bins of half a spread of the reference. It breaches when the lower bound passes the threshold. No model has it until somebody adds it.',
    behind: [
      'what is predicted has become more frequent or rarer, or larger or smaller',
      'only some of the predictions get a label now',
      'labels are made otherwise',
    ],
    todo: 'Compare with the drift of predictions: where both moved alike the model has followed. Where it has not, thresholds and calibration are of another mix: look at the page Quality.',
  },
  recipe: (model) => labelMixRecipe(model),
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
    const { value, low, high, n } = now;
    const { threshold } = settings;
    const verdict = low > threshold ? 'breach' : value < threshold * 0.8 ? 'clear' : 'within';
    return {
      ...{ value, low, high, n, window: window.to - window.from, threshold, baseline: 0 },
      ...{ status: 'ok', verdict, reason: reasonOf(verdict) },
    };
  },
  phrase: ({ value }) =>
    value === null
      ? 'The mix of labels changed'
      : `The mix of labels changed (distance ${Number(value.toPrecision(2))})`,
};
