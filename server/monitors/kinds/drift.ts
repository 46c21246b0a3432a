import { JS_DISTANCE_THRESHOLD } from '../../../stats/distances/js-distance.ts';
import type { KindOf } from '../kind.ts';
import { columnDrift, DRIFT_METRICS } from '../measures/column-drift.ts';
import { compared, confirmed, options, share, sliced, watched, windowed } from '../options.ts';
import type { ColumnSubject } from '../subject.ts';

/** A feature is distributed unlike its reference. Drift explains; it does not page. */
export const drift: KindOf<ColumnSubject> = {
  id: 'drift',
  title: 'Input drift',
  layer: 'data',
  role: 'shift',
  harm: 'drift',
  urgency: 2,
  cause: 'covariate_shift',
  reads: 'column',
  again: 'rewritten',
  perColumn: true,
  metrics: DRIFT_METRICS,
  severity: 'ticket',
  thresholdMeans: 'distance, 0 (same) to 1 (disjoint); a shift by half a standard deviation is about 0.2',
  defaults: { threshold: JS_DISTANCE_THRESHOLD, window: 'model', newest: true, minN: 200, m: 2, n: 3 },
  options: options(DRIFT_METRICS, share, { ...watched, ...compared, ...windowed, ...sliced, ...confirmed }),
  made: [{}],
  about: {
    decides:
      'The distribution of a feature over the trailing window is compared with its reference: the Jensen–Shannon distance (base 2) on bins that were frozen from the reference, with missing, invalid, out-of-range and new values as bins of their own, less the distance that chance alone gives at these sample sizes. It breaches when the lower bound of the distance passes the threshold, so a thousand and ten million rows of the same shift get the same verdict. It is clear again below four fifths of the threshold. The newest part of the window, down to a bucket, breaches by itself when its own lower bound (3.3 standard errors) passes the threshold, or where parts of that length did so in the window before, lies by the threshold above all of them (those of the same rise left out): a frozen column or another mix is seen within buckets, and what comes every night is none.',
    behind: [
      'other users, products or regions than those the model was trained on',
      'a season',
      'a change upstream: unit, encoding, source',
    ],
    todo: 'Open the column and compare the two distributions. A shift of an important feature together with lost quality means: train again. A shift alone is a ticket and pages nobody.',
  },
  compute: columnDrift,
  phrase: ({ columns }) => `Input drift in ${columns}`,
};
