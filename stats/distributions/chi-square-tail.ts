import { logGammaP, logGammaQ } from './incomplete-gamma.ts';

/**
 * ln P(X ≥ x) for X chi-square with `df` > 0 degrees of freedom: the log p-value, exact where p itself underflows.
 * @example logChiSquareTail(0, 3) // 0
 */
export function logChiSquareTail(x: number, df: number): number {
  return x <= 0 ? 0 : logGammaQ(df / 2, x / 2);
}

/**
 * The x with P(X ≤ x) = p for X chi-square with `df` degrees of freedom, p in [0, 1), to double precision.
 * @example chiSquareQuantile(0.95, 1) // 3.841458820694124
 */
export function chiSquareQuantile(p: number, df: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return Infinity;
  // The smaller tail keeps its digits.
  const upper = p > 0.5;
  const target = Math.log(upper ? 1 - p : p);
  const beyond = (x: number): boolean =>
    upper ? logGammaQ(df / 2, x / 2) < target : logGammaP(df / 2, x / 2) > target;
  let high = df + 10;
  while (!beyond(high)) high *= 2;
  let low = 0;
  for (let i = 0; i < 1100; i++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (beyond(middle)) high = middle;
    else low = middle;
  }
  return high;
}
