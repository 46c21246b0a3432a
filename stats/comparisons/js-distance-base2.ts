import type { CountComparison } from '../comparison.ts';
import { jsDistance } from '../distances/js-distance.ts';

export const jsDistanceBase2: CountComparison = {
  id: 'js_distance_base2',
  version: 3,
  title: 'Jensen–Shannon distance, base 2, debiased',
  formula:
    '√(D − (k − 1)/(8 ln 2) · (1/m + 1/n)) with D = ½ Σ r log₂(2r/(r + c)) + ½ Σ c log₂(2c/(r + c)) over the k occupied bins; one-sided 95 % bounds by the delta method plus the variance without drift, 2(k − 1)((1/m + 1/n)/(8 ln 2))²',
  range: [0, 1],
  edges:
    'Same: 0. Disjoint: 1 less the bias. One occupied bin: 0. Fewer than 20 observations on a side, or a noise floor above 0.2: not_enough_data. No rule for empty bins is needed; of categories the share that the reference leaves unseen (Good–Turing) is credited to it, whichever of as many as came and as many as were to be expected is nearer. Drift is the lower bound above the threshold (0.1), never the value alone.',
  source:
    'Lin 1991, Divergence measures based on the Shannon entropy; Menéndez et al. 1997, The Jensen–Shannon divergence',
  accepts: 'counts',
  compare: jsDistance,
};
