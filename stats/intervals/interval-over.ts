import { type Estimate, finite, type Outcome } from '../outcome.ts';
import { type Random, randomInteger } from '../random.ts';
import type { Sums } from './mean.ts';
import { skewedMean } from './skewed-mean.ts';

/** How an interval is made: Student's interval of the mean, its skewness taken off, or the percentiles of resampled means. */
export type IntervalMethod = { readonly kind: 'normal' } | Bootstrap;

/** Percentile bootstrap with a passed generator: the same seed gives the same interval. */
export interface Bootstrap {
  readonly kind: 'bootstrap';
  readonly random: Random;
  /** Resamples. Default 1,000. */
  readonly rounds?: number;
}

/** Additive sums of numbers; NaN and ±∞ are left out. */
export function sumsOf(numbers: Iterable<number>): Sums {
  const sums = { n: 0, sum: 0, sum2: 0 };
  for (const x of numbers) {
    if (!Number.isFinite(x)) continue;
    sums.n++;
    sums.sum += x;
    sums.sum2 += x * x;
  }
  return sums;
}

/**
 * Mean of bounded numbers (one per query, per row …) with its 95 % interval, kept inside `range`. Fewer than two finite
 * numbers are `not_enough_data`.
 * Source: Hall 1992 (`skewedMean`); of the bootstrap: Efron and Tibshirani 1993, chapter 13.
 * @example meanWithin([0.5, 1, 0], [0, 1]).value // 0.5
 */
export function meanWithin(
  numbers: readonly number[],
  [least, most]: readonly [number, number],
  method: IntervalMethod = { kind: 'normal' },
): Outcome<Estimate> {
  const finites = numbers.filter(Number.isFinite);
  const plain = skewedMean(finites);
  if (!('value' in plain)) return plain;
  const { value } = plain;
  const average = (rows: Int32Array): number => rows.reduce((sum, i) => sum + finites[i]!, 0) / rows.length;
  const drawn = method.kind === 'bootstrap' ? bootstrapInterval(finites.length, average, method) : plain;
  if (!('low' in drawn)) return drawn;
  return {
    value,
    low: Math.max(least, Math.min(value, drawn.low)),
    high: Math.min(most, Math.max(value, drawn.high)),
  };
}

/**
 * Percentile bootstrap of any statistic of n rows: value on all rows, low and high from the resampled ones. Resamples on which the
 * statistic is NaN (a class is absent, say) are left out; when more than one in ten is, or n < 2: `not_enough_data`.
 * @param statistic Called with the places of the drawn rows.
 * @example bootstrapInterval(x.length, (rows) => medianOf(rows, x), { kind: 'bootstrap', random: random(1) })
 */
export function bootstrapInterval(
  n: number,
  statistic: (rows: Int32Array) => number,
  { random, rounds = 1000 }: Bootstrap,
  confidence = 0.95,
): Outcome<Estimate> {
  if (!(n >= 2)) return { reason: 'not_enough_data' };
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  const whole = finite(statistic(rows));
  if (!('value' in whole)) return whole;
  const drawn: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < n; i++) rows[i] = randomInteger(random, n);
    const value = statistic(rows);
    if (Number.isFinite(value)) drawn.push(value);
  }
  if (drawn.length < 0.9 * rounds || drawn.length === 0) return { reason: 'not_enough_data' };
  drawn.sort((a, b) => a - b);
  const at = (p: number): number => drawn[Math.min(drawn.length - 1, Math.floor(p * drawn.length))]!;
  const tail = (1 - confidence) / 2;
  return {
    value: whole.value,
    low: Math.min(whole.value, at(tail)),
    high: Math.max(whole.value, at(1 - tail)),
  };
}
