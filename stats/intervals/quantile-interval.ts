import type { Grid, GridCounts } from '../asinh-grid.ts';
import { binomialQuantile } from '../distributions/binomial.ts';
import { type Extremes, gridQuantile, gridQuantileBound, total } from '../grid-summary.ts';
import type { Estimate, Outcome } from '../outcome.ts';

/**
 * Quantile p in (0, 1) of the values behind a grid map with its distribution-free 95 % interval: the order statistics
 * between which a binomial(n, p) count falls. Where the cell of an end stands alone the end is the cell's edge: whole milliseconds, say,
 * are all at one place in it.
 * `not_enough_data` when n is too small for an interval on both sides (p50: 6, p95: 73, p99: 368 values).
 * Source: Conover 1999, Practical Nonparametric Statistics, section 3.2.
 * @example quantileInterval(latencies, 0.95, grid) // { value: 120, low: 110, high: 131 }
 */
export function quantileInterval(
  counts: GridCounts,
  p: number,
  grid: Grid,
  extremes: Extremes = {},
  confidence = 0.95,
): Outcome<Estimate> {
  const n = total(counts);
  const value = gridQuantile(counts, p, grid, extremes);
  if (!('value' in value)) return value;
  const ranks = quantileRanks(n, p, confidence);
  if (ranks === null) return { reason: 'not_enough_data' };
  const low = gridQuantileBound(counts, ranks.low / n, grid, 'low', extremes);
  const high = gridQuantileBound(counts, ranks.high / n, grid, 'high', extremes);
  if (!('value' in low) || !('value' in high)) return { reason: 'not_enough_data' };
  return {
    value: value.value,
    low: Math.min(low.value, value.value),
    high: Math.max(high.value, value.value),
  };
}

/**
 * Ranks (1-based) of the order statistics that enclose quantile p with at least the confidence; null when n is too small.
 * @example quantileRanks(20, 0.5) // { low: 6, high: 15 }
 */
export function quantileRanks(
  n: number,
  p: number,
  confidence = 0.95,
): { readonly low: number; readonly high: number } | null {
  const tail = (1 - confidence) / 2;
  const low = binomialQuantile(tail, n, p);
  const high = binomialQuantile(1 - tail, n, p) + 1;
  return low < 1 || high > n ? null : { low, high };
}
