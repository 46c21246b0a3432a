import { type CountComparison, type Tested, tested } from '../comparison.ts';
import { logChiSquareTail } from '../distributions/chi-square-tail.ts';
import type { Outcome } from '../outcome.ts';

/**
 * Two-proportion z-test with the pooled share, two-sided. Counts are [others, hits] of each side; z > 0 when the current
 * share of hits is higher. Both shares 0 or both 1 is `constant`, an empty side `not_enough_data`, other than two bins
 * `different_bins`.
 * @example twoProportionZTest([95, 5], [70, 30]).value // 4.652…
 */
export function twoProportionZTest(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
): Outcome<Tested> {
  if (reference.length !== 2 || current.length !== 2) return { reason: 'different_bins' };
  const m = reference[0]! + reference[1]!;
  const n = current[0]! + current[1]!;
  if (!(m > 0) || !(n > 0)) return { reason: 'not_enough_data' };
  const hits = reference[1]! + current[1]!;
  const others = reference[0]! + current[0]!;
  if (hits <= 0 || others <= 0) return { reason: 'constant' };
  // The difference times mn, from the counts: shares near 1 would lose it.
  const gap = current[1]! * reference[0]! - reference[1]! * current[0]!;
  const value = gap / m / n / Math.sqrt((hits / (m + n)) * (others / (m + n)) * (1 / m + 1 / n));
  return tested(value, logChiSquareTail(value * value, 1));
}

export const twoProportionZ: CountComparison = {
  id: 'two_proportion_z',
  version: 1,
  title: 'Two-proportion z-test',
  formula: '(p_c − p_r) / √(p(1 − p)(1/m + 1/n)) with the pooled share p, two-sided',
  range: [null, null],
  edges:
    'Both shares 0 or both 1: constant. Its p-value falls with the sample size alone: judge the difference beside it.',
  source: 'statsmodels proportions_ztest',
  accepts: 'two_counts',
  compare: twoProportionZTest,
};
