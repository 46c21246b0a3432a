import { type Tested, tested } from './comparison.ts';
import { logStudentTail } from './distributions/student-t.ts';
import type { Outcome } from './outcome.ts';
import { commonUnit, moments, type Sample } from './sample.ts';

/**
 * F test that both sides have the same mean distance from their own centre: W with 1 and m + n − 2 degrees of freedom.
 * No spread on either side is `constant`, fewer than two observations on a side `not_enough_data`.
 */
export function spreadTest(
  reference: Sample,
  current: Sample,
  centre: (sample: Sample) => number,
): Outcome<Tested> {
  const m = reference.n;
  const n = current.n;
  if (m < 2 || n < 2) return { reason: 'not_enough_data' };
  const [r, c] = commonUnit(reference, current);
  const before = moments(distances(r, centre(r)));
  const after = moments(distances(c, centre(c)));
  const df = m + n - 2;
  const within = ((m - 1) * before.variance + (n - 1) * after.variance) / df;
  if (!(within > 0)) return { reason: 'constant' };
  // Two groups: F is the square of Student's t.
  const t = (after.mean - before.mean) / Math.sqrt(within * (1 / m + 1 / n));
  return tested(t * t, Number.isFinite(t) ? logStudentTail(t, df) : 0);
}

function distances({ values, counts, n }: Sample, centre: number): Sample {
  return { values: values.map((x) => Math.abs(x - centre)), counts, n };
}
