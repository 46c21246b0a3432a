import { type CountComparison, type Tested, tested } from '../comparison.ts';
import { logChiSquareTail } from '../distributions/chi-square-tail.ts';
import type { Outcome } from '../outcome.ts';
import { pearson, twoRows } from '../two-rows.ts';

/**
 * Pearson's χ² test that both sides have the same shares: statistic ≥ 0 with k − 1 degrees of freedom, p without continuity
 * correction, its logarithm exact to any depth. One occupied bin is `constant`, an empty side `not_enough_data`,
 * different lengths `different_bins`.
 * @example chiSquareTest([50, 50], [50, 50]) // { value: 0, p: 1, logP: 0 }
 */
export function chiSquareTest(reference: ArrayLike<number>, current: ArrayLike<number>): Outcome<Tested> {
  if (reference.length !== current.length) return { reason: 'different_bins' };
  const table = twoRows(reference, current);
  if (table === null) return { reason: 'not_enough_data' };
  if (table.columns.length < 2) return { reason: 'constant' };
  const value = pearson(table);
  return tested(value, logChiSquareTail(value, table.columns.length - 1));
}

export const chiSquare: CountComparison = {
  id: 'chi_square',
  version: 1,
  title: 'χ² test',
  formula: 'Σ (O − E)² / E over the 2 × k table, k − 1 degrees of freedom, no continuity correction',
  range: [0, null],
  edges:
    'One occupied bin: constant. Its p-value falls with the sample size alone: judge an effect size beside it.',
  source: 'Pearson 1900; scipy.stats.chi2_contingency(correction=False)',
  accepts: 'counts',
  compare: chiSquareTest,
};
