import { Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { difference } from './difference.ts';

/**
 * A share k of n with its Wilson score interval (95 % by default), in [0, 1]. n = 0 is `not_enough_data`.
 * Source: Wilson 1927; statsmodels `proportion_confint(method='wilson')`.
 * @param z quantile of the interval: 1.96 two-sided 95 %, 1.645 for a one-sided bound.
 * @example proportion(0, 10) // { value: 0, low: 0, high: 0.2775… }
 */
export function proportion(k: number, n: number, z = Z_TWO_SIDED_95): Outcome<Estimate> {
  if (!(n > 0)) return { reason: 'not_enough_data' };
  const share = k / n;
  const spread = (z * z) / n;
  const middle = (share + spread / 2) / (1 + spread);
  const reach = (z / (1 + spread)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return {
    value: share,
    low: k <= 0 ? 0 : Math.max(0, middle - reach),
    high: k >= n ? 1 : Math.min(1, middle + reach),
  };
}

/**
 * Difference of two shares, current − reference, with Newcombe's hybrid score interval (95 % by default), in [−1, 1].
 * An empty side is `not_enough_data`.
 * Source: Newcombe 1998, method 10; statsmodels `confint_proportions_2indep(method='newcomb')`.
 * @example proportionDifference(5, 100, 30, 100).value // 0.25
 */
export function proportionDifference(
  referenceCount: number,
  referenceTotal: number,
  currentCount: number,
  currentTotal: number,
  z = Z_TWO_SIDED_95,
): Outcome<Estimate> {
  return difference(proportion(referenceCount, referenceTotal, z), proportion(currentCount, currentTotal, z));
}
