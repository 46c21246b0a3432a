import { type NumberComparison, type Tested, tested } from '../comparison.ts';
import { logStudentTail } from '../distributions/student-t.ts';
import type { Outcome } from '../outcome.ts';
import { commonUnit, moments, type Sample } from '../sample.ts';

/**
 * Welch's t-test of equal means, variances not taken as equal, two-sided; t > 0 when the current mean is higher. No spread
 * on either side is `constant`, fewer than two observations on a side `not_enough_data`.
 * @example welchTest(sampleOf([1, 2, 3]), sampleOf([2, 3, 4])).value // 1.2247…
 */
export function welchTest(reference: Sample, current: Sample): Outcome<Tested> {
  if (reference.n < 2 || current.n < 2) return { reason: 'not_enough_data' };
  const [r, c] = commonUnit(reference, current);
  const before = moments(r);
  const after = moments(c);
  const a = before.variance / reference.n;
  const b = after.variance / current.n;
  if (!(a + b > 0)) return { reason: 'constant' };
  const value = (after.mean - before.mean) / Math.sqrt(a + b);
  const share = a / (a + b);
  const df = 1 / (share ** 2 / (reference.n - 1) + (1 - share) ** 2 / (current.n - 1));
  return tested(value, Number.isFinite(value) ? logStudentTail(value, df) : 0);
}

export const welch: NumberComparison = {
  id: 'welch',
  version: 1,
  title: 'Welch’s t-test',
  formula: '(x̄_c − x̄_r) / √(s_c²/n + s_r²/m), Welch–Satterthwaite degrees of freedom, two-sided',
  range: [null, null],
  edges: 'No spread on either side: constant. Sees the mean only.',
  source: 'Welch 1947; scipy.stats.ttest_ind(equal_var=False)',
  accepts: 'numbers',
  compare: welchTest,
};
