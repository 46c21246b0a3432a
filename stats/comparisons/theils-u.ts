import type { CountComparison } from '../comparison.ts';
import { sum } from '../jensen-shannon.ts';
import type { Outcome } from '../outcome.ts';

/**
 * Theil's U (uncertainty coefficient): the share of the uncertainty about a row's side, reference or current, that its bin
 * takes away, in [0, 1]. An empty side is `not_enough_data`, different lengths `different_bins`.
 * @example uncertaintyCoefficient([5, 0], [0, 5]) // { value: 1 }
 */
export function uncertaintyCoefficient(reference: ArrayLike<number>, current: ArrayLike<number>): Outcome {
  if (reference.length !== current.length) return { reason: 'different_bins' };
  const m = sum(reference);
  const n = sum(current);
  if (!(m > 0) || !(n > 0)) return { reason: 'not_enough_data' };
  const all = m + n;
  const entropy = term(m / all) + term(n / all);
  let left = 0;
  for (let i = 0; i < reference.length; i++) {
    const column = reference[i]! + current[i]!;
    if (column > 0) left += (column / all) * (term(reference[i]! / column) + term(current[i]! / column));
  }
  return { value: Math.max(0, Math.min(1, 1 - left / entropy)) };
}

function term(p: number): number {
  return p > 0 ? -p * Math.log(p) : 0;
}

export const theilsU: CountComparison = {
  id: 'theils_u',
  version: 1,
  title: 'Theil’s U (uncertainty coefficient)',
  formula: '1 − H(side | bin) / H(side)',
  range: [0, 1],
  edges: 'Same: 0. Disjoint: 1. Not debiased; it depends on how the two sides are balanced.',
  source: 'Theil 1970, On the estimation of relationships involving qualitative variables',
  accepts: 'counts',
  compare: uncertaintyCoefficient,
};
