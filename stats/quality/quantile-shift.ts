import { difference } from '../intervals/difference.ts';
import { quantileRanks } from '../intervals/quantile-interval.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import type { Sample } from '../sample.ts';

/**
 * Quantile p of a sample (linear between order statistics, NumPy's default) with its distribution-free 95 % interval.
 * `not_enough_data` when n is too small for an interval on both sides (p50: 6, p95: 73, p99: 368 values).
 * Source: Conover 1999, section 3.2.
 * @example sampleQuantile(sampleOf(latencies), 0.95) // { value: 120, low: 110, high: 131 }
 */
export function sampleQuantile(sample: Sample, p: number): Outcome<Estimate> {
  const ranks = quantileRanks(sample.n, p);
  if (sample.n === 0 || ranks === null) return { reason: 'not_enough_data' };
  const place = p * (sample.n - 1);
  const [below, above] = [ordered(sample, Math.floor(place) + 1), ordered(sample, Math.ceil(place) + 1)];
  const part = place - Math.floor(place);
  const value = below * (1 - part) + above * part;
  return {
    value,
    low: Math.min(value, ordered(sample, ranks.low)),
    high: Math.max(value, ordered(sample, ranks.high)),
  };
}

/**
 * Difference of quantile p, current − reference, in the column's unit, with a 95 % interval put together from those of the sides.
 * Results without a value as `sampleQuantile`.
 * Source: Donner and Zou 2012 for the interval of the difference.
 */
export function quantileShift(reference: Sample, current: Sample, p: number): Outcome<Estimate> {
  const change = difference(sampleQuantile(reference, p), sampleQuantile(current, p));
  return 'value' in change && !Number.isFinite(change.value) ? { reason: 'not_finite' } : change;
}

/** The value at a rank, from 1. */
function ordered({ values, counts }: Sample, rank: number): number {
  let seen = 0;
  for (let i = 0; i < values.length; i++) {
    seen += counts[i]!;
    if (seen >= rank) return values[i]!;
  }
  return values.at(-1)!;
}
