import type { CountComparison } from '../comparison.ts';
import type { Outcome } from '../outcome.ts';
import { likelihoodRatio, twoRows } from '../two-rows.ts';

/**
 * Theil's U (uncertainty coefficient): the share of the uncertainty about a row's side, reference or current, that its bin
 * takes away, in [0, 1]. An empty side is `not_enough_data`, different lengths `different_bins`.
 * @example uncertaintyCoefficient([5, 0], [0, 5]) // { value: 1 }
 */
export function uncertaintyCoefficient(reference: ArrayLike<number>, current: ArrayLike<number>): Outcome {
  if (reference.length !== current.length) return { reason: 'different_bins' };
  const table = twoRows(reference, current);
  if (table === null) return { reason: 'not_enough_data' };
  const { m, n } = table;
  // The information that bin and side share is half the likelihood ratio by observation.
  const entropy = m * Math.log1p(n / m) + n * Math.log1p(m / n);
  return { value: Math.min(1, likelihoodRatio(table) / 2 / entropy) };
}

export const theilsU: CountComparison = {
  id: 'theils_u',
  version: 1,
  title: 'Theil’s U (uncertainty coefficient)',
  formula: '1 − H(side | bin) / H(side), in the numerically equal form G / (2N · H(side))',
  range: [0, 1],
  edges: 'Same: 0. Disjoint: 1. Not debiased; it depends on how the two sides are balanced.',
  source: 'Theil 1970, On the estimation of relationships involving qualitative variables',
  accepts: 'counts',
  compare: uncertaintyCoefficient,
};
