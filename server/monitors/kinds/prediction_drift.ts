import { JS_DISTANCE_THRESHOLD } from '../../../stats/distances/js-distance.ts';
import type { KindOf } from '../kind.ts';
import { columnDrift, DRIFT_METRICS } from '../measures/column-drift.ts';
import { compared, confirmed, options, share, sliced, windowed } from '../options.ts';
import type { ColumnSubject } from '../subject.ts';

/** The model answers unlike it did at its reference: an effect of what changed before it, and often the first to see. */
export const prediction_drift: KindOf<ColumnSubject> = {
  id: 'prediction_drift',
  title: 'Prediction drift',
  layer: 'model',
  role: 'shift',
  harm: 'drift',
  urgency: 2,
  reads: 'column',
  again: 'rewritten',
  perColumn: false,
  metrics: DRIFT_METRICS,
  severity: 'ticket',
  thresholdMeans: 'distance, 0 (same) to 1 (disjoint); a shift by half a standard deviation is about 0.2',
  defaults: { threshold: JS_DISTANCE_THRESHOLD, window: 'model', newest: true, minN: 200, m: 2, n: 3 },
  options: options(DRIFT_METRICS, share, { ...compared, ...windowed, ...sliced, ...confirmed }),
  made: [{}],
  about: {
    decides:
      'As input drift, of what the model answers: the prediction, or the score where it sends no prediction. It needs no labels, and is often the first thing to be seen.',
    behind: [
      'input drift of features that matter',
      'a new version of the model',
      'a change of what comes in that no single feature shows',
    ],
    todo: 'Look at the most important features that drifted in the same time, and at deployments on the time axis.',
  },
  compute: columnDrift,
  phrase: () => 'Drift of the predictions',
};
