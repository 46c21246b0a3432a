import { stirlingError } from './gamma.ts';
import { deviance } from './incomplete-gamma.ts';

/**
 * ln P(X = x), X the number of `column` marked ones among `row` drawn from `total` without replacement; −∞ outside the support.
 * Relative error of the probability about 1e-13 also at a thousand million, where factorials would lose nine digits: three
 * binomial probabilities by Loader's saddle point.
 * Source: Loader 2000, Fast and accurate computation of binomial probabilities.
 * @example Math.exp(logHypergeometric(1, 2, 2, 4)) // 2 / 3
 */
export function logHypergeometric(x: number, row: number, column: number, total: number): number {
  if (x < Math.max(0, row + column - total) || x > Math.min(row, column)) return -Infinity;
  const share = row / total;
  return (
    logBinomial(x, column, share) +
    logBinomial(row - x, total - column, share) -
    logBinomial(row, total, share)
  );
}

/** ln of the binomial probability of x in n at the share p. */
function logBinomial(x: number, n: number, p: number): number {
  if (n === 0) return 0;
  if (x === 0) return p === 1 ? (n === 0 ? 0 : -Infinity) : n * Math.log1p(-p);
  if (x === n) return n * Math.log(p);
  const gap = n * p - x;
  return (
    correction(n) -
    correction(x) -
    correction(n - x) -
    x * deviance((n * p) / x, gap / x) -
    (n - x) * deviance((n * (1 - p)) / (n - x), -gap / (n - x)) +
    0.5 * Math.log(n / (2 * Math.PI * x * (n - x)))
  );
}

/** Stirling's correction of ln n! for whole n ≥ 1. */
function correction(n: number): number {
  return n >= 10 ? stirlingError(n) : SMALL[n]!;
}

/** ln n! − [(n + ½) ln n − n + ½ ln 2π] for n = 1…9. */
const SMALL = Array.from({ length: 10 }, (_, n) => {
  let factorial = 1;
  for (let i = 2; i <= n; i++) factorial *= i;
  return n === 0 ? 0 : Math.log(factorial) - (n + 0.5) * Math.log(n) + n - 0.5 * Math.log(2 * Math.PI);
});
