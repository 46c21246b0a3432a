import { logBetaSplit } from './incomplete-beta.ts';

/**
 * P(K ≤ k) for K binomial(n, p), in [0, 1].
 * @example binomialCdf(0, 10, 0.5) // 0.0009765625
 */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return Math.exp(logBetaSplit(n - Math.floor(k), Math.floor(k) + 1, 1 - p, p));
}

/**
 * Smallest k with P(K ≤ k) ≥ q for K binomial(n, p), n a whole number ≥ 0, p and q in [0, 1].
 * @example binomialQuantile(0.5, 10, 0.5) // 5
 */
export function binomialQuantile(q: number, n: number, p: number): number {
  let low = -1;
  let high = n;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (binomialCdf(middle, n, p) >= q) high = middle;
    else low = middle;
  }
  return high;
}
