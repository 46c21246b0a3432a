import type { CountComparison } from '../comparison.ts';
import { jsDivergenceBase2 as divergence } from '../distances/jensen-shannon.ts';

export const jsDivergenceBase2: CountComparison = {
  id: 'js_divergence_base2',
  version: 1,
  title: 'Jensen–Shannon divergence, base 2',
  formula: '½ Σ r log₂(2r/(r + c)) + ½ Σ c log₂(2c/(r + c)), as observed: the square of the distance',
  range: [0, 1],
  edges: 'Same: 0. Disjoint: 1. Not debiased: small samples score high.',
  source: 'Lin 1991, Divergence measures based on the Shannon entropy',
  accepts: 'counts',
  compare: divergence,
};
