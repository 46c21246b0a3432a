import { JS_DISTANCE_THRESHOLD } from '../../../stats/distances/js-distance.ts';
import type { KindOf } from '../kind.ts';
import { columnDrift, DRIFT_METRICS } from '../measures/column-drift.ts';
import { compared, confirmed, options, share, sliced, windowed } from '../options.ts';
import type { ColumnSubject } from '../subject.ts';

/**
 * How sure the model is of its answers: its score beside the class that it sends. Answers can stay the same while scores of
 * 0.6 to 0.9 collapse to a half. Where the score is itself the answer, prediction drift looks at it already.
 */
export const confidence_drift: KindOf<ColumnSubject> = {
  id: 'confidence_drift',
  title: 'Confidence drift',
  layer: 'model',
  role: 'shift',
  harm: 'drift',
  urgency: 2,
  reads: 'column',
  again: 'rewritten',
  perColumn: false,
  modelColumns: ['_score', '_probabilities'],
  metrics: DRIFT_METRICS,
  severity: 'ticket',
  thresholdMeans: 'distance, 0 (same) to 1 (disjoint); a shift by half a standard deviation is about 0.2',
  defaults: { threshold: JS_DISTANCE_THRESHOLD, window: 'model', newest: true, minN: 200, m: 2, n: 3 },
  options: options(DRIFT_METRICS, share, { ...compared, ...windowed, ...sliced, ...confirmed }),
  made: [{}],
  about: {
    decides:
      'As input drift, of the score that is sent beside the prediction: the probability of the positive class, or of the class that was answered; of a model that sends no score but `probabilities`, the winning one. The classes may be as before while the model is less sure of them: scores that were 0.6 to 0.9 and are a half. A model that sends no prediction has its score for its answer, which `prediction_drift` looks at; then there is no series of this kind.',
    behind: [
      'inputs that the model does not know well',
      'missing or broken features, which leave it undecided',
      'another version, or another calibration of it',
    ],
    todo: 'Look at the most important features that drifted or broke in the same time. If the inputs are as before, compare the versions: scores are on another scale now, and thresholds on them decide otherwise.',
  },
  compute: columnDrift,
  phrase: () => 'Drift of the confidence',
};
