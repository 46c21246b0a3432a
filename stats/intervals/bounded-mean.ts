import { studentReach } from '../distributions/student-t.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { type Sums, sampleVariance } from './mean.ts';
import { proportion } from './proportion.ts';

/**
 * Mean of numbers within [0, 1], such as what each list of a ranking is worth, from their sums, with a 95 % interval that stays
 * within: Wilson's of as many rows as would have that variance were all numbers 0 or 1, with Student's quantile. Of zeros and ones it is nearly Wilson's; of numbers
 * that are nearly all 1 it reaches further down than up, and has a width where all are. Fewer than two are `not_enough_data`,
 * sums that overflowed `not_finite`.
 * Source: Wilson 1927; of the effective number of rows: Dean and Pagano 2015, Evaluating confidence interval methods for binomial proportions in clustered surveys.
 * @example boundedMean({ n: 10, sum: 10, sum2: 10 }) // { value: 1, low: 0.66…, high: 1 }
 */
export function boundedMean({ n, sum, sum2 }: Sums, confidence = 0.95): Outcome<Estimate> {
  if (!(n >= 2)) return { reason: 'not_enough_data' };
  const value = sum / n;
  const variance = sampleVariance({ n, sum, sum2 });
  if (!Number.isFinite(value) || !Number.isFinite(variance)) return { reason: 'not_finite' };
  const most = value * (1 - value);
  // Numbers that are all the same say no more of their variance than as many zeros or ones would.
  const rows = variance > 0 && most > 0 ? (n * most) / variance : n;
  const share = proportion(value * rows, rows, studentReach(confidence, n - 1));
  return 'value' in share ? { ...share, value } : share;
}
