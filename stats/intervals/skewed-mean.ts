import { studentReach } from '../distributions/student-t.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { type Sums, sampleVariance } from './mean.ts';

/** Additive sums of a sample, its cubes too. */
export interface CubedSums extends Sums {
  readonly sum3: number;
}

/** Less skewness than this changes no digit that is shown, and would cost the quotient its own. */
const STRAIGHT = 1e-6;

/**
 * Mean of a sample that may be skewed, as losses are, with its 95 % interval, in the sample's unit: Student's, its skewness taken off
 * by a cubic that rises everywhere and turned back by its cube root. Without skewness it is Student's; of losses of 300 rows it holds in 94 to 96 of 100,
 * where Student's holds in 93 and misses above twice as often as below. As `mean`, fewer than two values are `not_enough_data`.
 * Source: Hall 1992, On the removal of skewness by transformation, g₁ with a = 1/3 and b = 1/6.
 * @param numbers finite ones.
 * @example skewedMean([1, 2, 3]) // { value: 2, low: -0.484…, high: 4.484… }
 */
export function skewedMean(numbers: readonly number[], confidence = 0.95): Outcome<Estimate> {
  // Around the first number, so that a large offset costs no digits.
  const from = numbers[0] ?? 0;
  const sums = { n: numbers.length, sum: 0, sum2: 0, sum3: 0 };
  for (const x of numbers) {
    const gap = x - from;
    sums.sum += gap;
    sums.sum2 += gap * gap;
    sums.sum3 += gap * gap * gap;
  }
  const found = skewedMeanOf(sums, confidence);
  if (!('value' in found)) return found;
  const { value, low, high } = found;
  return { value: from + value, low: from + low, high: from + high };
}

/** The same from sums. */
export function skewedMeanOf({ n, sum, sum2, sum3 }: CubedSums, confidence = 0.95): Outcome<Estimate> {
  if (!(n >= 2)) return { reason: 'not_enough_data' };
  const value = sum / n;
  const variance = sampleVariance({ n, sum, sum2 });
  if (!Number.isFinite(value) || !Number.isFinite(variance)) return { reason: 'not_finite' };
  const scatter = (variance * (n - 1)) / n;
  const skewness = (sum3 / n - 3 * value * (sum2 / n) + 2 * value ** 3) / scatter ** 1.5;
  const reach = studentReach(confidence, n - 1) / Math.sqrt(n);
  const off = (y: number) => Math.sqrt(variance) * turnedBack(y, skewness, n);
  return { value, low: value - off(reach), high: value - off(-reach) };
}

/** The studentised error, over √n, of which Hall's cubic makes y. */
function turnedBack(y: number, skewness: number, n: number): number {
  // Of numbers that are all the same, or overflow in their cubes, nothing is known.
  if (!(Math.abs(skewness) > STRAIGHT)) return y;
  return (3 / skewness) * (Math.cbrt(1 + skewness * (y - skewness / (6 * n))) - 1);
}
