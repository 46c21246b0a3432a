import { type NumberComparison, type Tested, tested } from '../comparison.ts';
import { logStudentTail } from '../distributions/student-t.ts';
import type { Outcome } from '../outcome.ts';
import { commonUnit, moments, type Sample } from '../sample.ts';

/**
 * Student's t-test of equal means, variances taken as equal, two-sided; t > 0 when the current mean is higher. Results
 * without a value as `welchTest`.
 * @example studentTest(sampleOf([1, 2, 3]), sampleOf([2, 3, 4])).value // 1.2247…
 */
export function studentTest(reference: Sample, current: Sample): Outcome<Tested> {
  const m = reference.n;
  const n = current.n;
  if (m < 2 || n < 2) return { reason: 'not_enough_data' };
  const [r, c] = commonUnit(reference, current);
  const before = moments(r);
  const after = moments(c);
  const df = m + n - 2;
  const pooled = ((m - 1) * before.variance + (n - 1) * after.variance) / df;
  if (!(pooled > 0)) return { reason: 'constant' };
  const value = (after.mean - before.mean) / Math.sqrt(pooled * (1 / m + 1 / n));
  return tested(value, Number.isFinite(value) ? logStudentTail(value, df) : 0);
}

export const student: NumberComparison = {
  id: 'student',
  version: 1,
  title: 'Student’s t-test',
  formula:
    '(x̄_c − x̄_r) / √(s²(1/m + 1/n)) with the pooled variance s², m + n − 2 degrees of freedom, two-sided',
  range: [null, null],
  edges: 'No spread on either side: constant. Sees the mean only.',
  source: 'Student 1908; scipy.stats.ttest_ind',
  accepts: 'numbers',
  compare: studentTest,
};
