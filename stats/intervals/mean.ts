import { studentReach } from '../distributions/student-t.ts';
import type { Estimate, Outcome } from '../outcome.ts';

/** Additive sums of a sample. */
export interface Sums {
  readonly n: number;
  readonly sum: number;
  /** Sum of squares. */
  readonly sum2: number;
}

/**
 * Mean of a sample from its sums, with Student's 95 % interval, in the sample's unit. Fewer than two values are
 * `not_enough_data`, sums that overflowed `not_finite`. A constant sample has an interval of width 0.
 * @example mean({ n: 3, sum: 6, sum2: 14 }).value // 2
 */
export function mean({ n, sum, sum2 }: Sums, confidence = 0.95): Outcome<Estimate> {
  if (!(n >= 2)) return { reason: 'not_enough_data' };
  const value = sum / n;
  const variance = sampleVariance({ n, sum, sum2 });
  if (!Number.isFinite(value) || !Number.isFinite(variance)) return { reason: 'not_finite' };
  const reach = studentReach(confidence, n - 1) * Math.sqrt(variance / n);
  return { value, low: value - reach, high: value + reach };
}

/** Unbiased variance from sums; 0 when rounding leaves less than the squares' precision. n ≥ 2. */
export function sampleVariance({ n, sum, sum2 }: Sums): number {
  const scatter = sum2 - (sum * sum) / n;
  return scatter > 1e-14 * sum2 ? scatter / (n - 1) : 0;
}
