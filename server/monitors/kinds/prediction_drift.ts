import { JS_DISTANCE_THRESHOLD } from '../../../stats/js-distance.ts';
import { columnDrift, DRIFT_METRICS } from '../column-drift.ts';
import type { KindOf } from '../kind.ts';
import type { ColumnSubject } from '../subject.ts';

/** The model answers unlike it did at its reference: an effect of what changed before it, and often the first to see. */
export const prediction_drift: KindOf<ColumnSubject> = {
  id: 'prediction_drift',
  title: 'Prediction drift',
  layer: 'model',
  harm: 'drift',
  reads: 'column',
  perColumn: false,
  metrics: DRIFT_METRICS,
  severity: 'ticket',
  thresholdMeans: 'distance, 0 (same) to 1 (disjoint); a shift by half a standard deviation is about 0.2',
  defaults: { threshold: JS_DISTANCE_THRESHOLD, window: 'model', minN: 200, m: 2, n: 3 },
  compute: columnDrift,
  phrase: () => 'Drift of the predictions',
};
