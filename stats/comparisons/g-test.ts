import { type CountComparison, type Tested, tested } from '../comparison.ts';
import { logChiSquareTail } from '../distributions/chi-square-tail.ts';
import type { Outcome } from '../outcome.ts';
import { likelihoodRatio, twoRows } from '../two-rows.ts';

/**
 * Likelihood-ratio (G) test that both sides have the same shares: 2 Σ O ln(O / E) ≥ 0, k − 1 degrees of freedom. Results
 * without a value as `chiSquareTest`.
 * @example logLikelihoodTest([50, 50], [50, 50]) // { value: 0, p: 1, logP: 0 }
 */
export function logLikelihoodTest(reference: ArrayLike<number>, current: ArrayLike<number>): Outcome<Tested> {
  if (reference.length !== current.length) return { reason: 'different_bins' };
  const table = twoRows(reference, current);
  if (table === null) return { reason: 'not_enough_data' };
  if (table.columns.length < 2) return { reason: 'constant' };
  const value = likelihoodRatio(table);
  return tested(value, logChiSquareTail(value, table.columns.length - 1));
}

export const gTest: CountComparison = {
  id: 'g_test',
  version: 1,
  title: 'G-test',
  formula: '2 Σ O ln(O / E) over the 2 × k table, k − 1 degrees of freedom',
  range: [0, null],
  edges:
    'One occupied bin: constant. Its p-value falls with the sample size alone: judge an effect size beside it.',
  source: 'Wilks 1938; scipy.stats.chi2_contingency(lambda_="log-likelihood", correction=False)',
  accepts: 'counts',
  compare: logLikelihoodTest,
};
