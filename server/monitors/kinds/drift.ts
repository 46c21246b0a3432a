import { JS_DISTANCE_THRESHOLD } from '../../../stats/js-distance.ts';
import { columnDrift, DRIFT_METRICS } from '../column-drift.ts';
import type { KindOf } from '../kind.ts';
import type { ColumnSubject } from '../subject.ts';

/** A feature is distributed unlike its reference. Drift explains; it does not page. */
export const drift: KindOf<ColumnSubject> = {
  id: 'drift',
  title: 'Input drift',
  layer: 'data',
  harm: 'drift',
  reads: 'column',
  perColumn: true,
  metrics: DRIFT_METRICS,
  severity: 'ticket',
  thresholdMeans: 'distance, 0 (same) to 1 (disjoint); a shift by half a standard deviation is about 0.2',
  defaults: { threshold: JS_DISTANCE_THRESHOLD, window: 'model', minN: 200, m: 2, n: 3 },
  compute: columnDrift,
  phrase: ({ columns }) => `Input drift in ${columns}`,
};
