import { Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import { studentReach } from '../distributions/student-t.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { commonUnit, moments, type Sample } from '../sample.ts';

/** A shift of the mean in the column's unit, and in reference standard deviations (null when the reference does not vary). */
export interface MeanShift extends Estimate {
  readonly standardised: number | null;
}

/**
 * Difference of means, current − reference, in the column's unit, with Welch's 95 % interval. Fewer than two values on a side are
 * `not_enough_data`; values so large that the variance overflows `not_finite`. Two constant sides have an interval of width 0.
 * Source: Welch 1947; SciPy `ttest_ind(equal_var=False).confidence_interval()`.
 * @example meanShift(sampleOf([1, 2, 3]), sampleOf([2, 3, 4])).value // 1
 */
export function meanShift(reference: Sample, current: Sample): Outcome<MeanShift> {
  if (reference.n < 2 || current.n < 2) return { reason: 'not_enough_data' };
  const before = moments(reference);
  const after = moments(current);
  const value = after.mean - before.mean;
  const a = before.variance / reference.n;
  const b = after.variance / current.n;
  if (!Number.isFinite(value) || !Number.isFinite(a + b)) return { reason: 'not_finite' };
  const share = a + b > 0 ? a / (a + b) : 1;
  const df = 1 / (share ** 2 / (reference.n - 1) + (1 - share) ** 2 / (current.n - 1));
  const reach = studentReach(0.95, df) * Math.sqrt(a + b);
  const standardised = before.variance > 0 ? value / Math.sqrt(before.variance) : null;
  return { value, low: value - reach, high: value + reach, standardised };
}

/**
 * Ratio of variances, current / reference, > 0; 1 = as before. 95 % interval on the log scale from each side's kurtosis, so that
 * heavy tails widen it. Fewer than four values on a side are `not_enough_data`, a side without variance `constant`.
 * Source: Shoemaker 2003, Fixing the F test for equal variances; Bonett 2006.
 * @example varianceShift(sampleOf(reference), sampleOf(current)) // { value: 4.1, low: 3.2, high: 5.2 }
 */
export function varianceShift(reference: Sample, current: Sample): Outcome<Estimate> {
  if (reference.n < 4 || current.n < 4) return { reason: 'not_enough_data' };
  const [r, c] = commonUnit(reference, current);
  const before = moments(r);
  const after = moments(c);
  if (!(before.variance > 0 && after.variance > 0)) return { reason: 'constant' };
  const value = after.variance / before.variance;
  const spread = Math.sqrt(logVarianceSpread(r, before) + logVarianceSpread(c, after));
  const reach = Math.exp(Z_TWO_SIDED_95 * spread);
  if (!Number.isFinite(value) || !Number.isFinite(reach)) return { reason: 'not_finite' };
  return { value, low: value / reach, high: value * reach };
}

/** Variance of ln s² = (kurtosis − (n − 3) / (n − 1)) / n. */
function logVarianceSpread(
  { values, counts, n }: Sample,
  { mean, variance }: { mean: number; variance: number },
): number {
  const deviation = Math.sqrt((variance * (n - 1)) / n);
  let kurtosis = 0;
  for (let i = 0; i < values.length; i++)
    kurtosis += (counts[i]! / n) * ((values[i]! - mean) / deviation) ** 4;
  // Two values half and half have a kurtosis of 1: never let the spread fall below that of such a sample.
  return Math.max(kurtosis - (n - 3) / (n - 1), 1 / n) / n;
}
