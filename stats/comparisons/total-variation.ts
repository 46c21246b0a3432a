import type { CountComparison } from '../comparison.ts';
import { onShares } from '../distances/shares.ts';
import type { Outcome } from '../outcome.ts';

/**
 * Total variation distance ½ Σ |r − c|, in [0, 1]: the share of rows that would have to move to another bin.
 * @example totalVariationDistance([5, 5], [10, 0]) // { value: 0.5 }
 */
export function totalVariationDistance(reference: ArrayLike<number>, current: ArrayLike<number>): Outcome {
  return onShares(reference, current, 0, ({ gaps }) => ({
    value: Math.min(1, gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / 2),
  }));
}

export const totalVariation: CountComparison = {
  id: 'total_variation',
  version: 1,
  title: 'Total variation distance',
  formula: '½ Σ |r − c|',
  range: [0, 1],
  edges: 'Same: 0. Disjoint: 1. Not debiased: small samples score high.',
  source: 'Levin, Peres and Wilmer 2009, Markov Chains and Mixing Times, chapter 4',
  accepts: 'counts',
  compare: totalVariationDistance,
};
