/** A share as it would be had from `hits` of `n` rows. */
export interface AsIfCounted {
  readonly hits: number;
  readonly n: number;
}

/**
 * The share of values that a sample did not see (Good–Turing: once / n), as if it had been counted among so many rows that
 * a binomial has the variance of that estimate's error, (once (1 − once / n) + 2 twice) / n²: intervals of shares then hold
 * for it too. A sample without a value seen once expects none, with all its rows.
 * Source: Good 1953; Esty 1983.
 * @param once how many values were seen once, `twice` twice, in `n` rows.
 * @example missingMass(1000, 40, 10) // { hits: 26.2…, n: 655.3… }
 */
export function missingMass(n: number, once: number, twice: number): AsIfCounted {
  const share = n > 0 ? once / n : 0;
  const variance = n > 0 ? (once * (1 - share) + 2 * twice) / (n * n) : 0;
  const rows = variance > 0 && share > 0 && share < 1 ? Math.min(n, (share * (1 - share)) / variance) : n;
  return { hits: share * rows, n: rows };
}
