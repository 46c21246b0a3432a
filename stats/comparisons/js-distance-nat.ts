import type { CountComparison } from '../comparison.ts';
import { jsDistanceNat as distance } from '../distances/jensen-shannon.ts';

export const jsDistanceNat: CountComparison = {
  id: 'js_distance_nat',
  version: 1,
  title: 'Jensen–Shannon distance, natural logarithm',
  formula: '√(½ Σ r ln(2r/(r + c)) + ½ Σ c ln(2c/(r + c))), as observed',
  range: [0, Math.sqrt(Math.LN2)],
  edges: 'Same: 0. Disjoint: √ln 2 = 0.8326. Not debiased: small samples score high.',
  source: 'Lin 1991; the default of scipy.spatial.distance.jensenshannon',
  accepts: 'counts',
  compare: distance,
};
