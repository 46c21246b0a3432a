import { type NumberComparison, type Tested, tested } from '../comparison.ts';
import { logQuadraticFormTail } from '../distributions/quadratic-form.ts';
import type { Outcome } from '../outcome.ts';
import { mergedSamples, type Sample } from '../sample.ts';

/**
 * Two-sample Cramér–von Mises test: Anderson's T ≥ 0 with midranks for ties, p from the limit distribution after fitting
 * its mean and variance. Fewer than two observations on a side are `not_enough_data`.
 * @example cramerVonMisesTest(sampleOf([1, 2]), sampleOf([3, 4])).value // 0.25
 */
export function cramerVonMisesTest(reference: Sample, current: Sample): Outcome<Tested> {
  const m = reference.n;
  const n = current.n;
  if (m < 2 || n < 2) return { reason: 'not_enough_data' };
  const all = m + n;
  let a = 0;
  let b = 0;
  let before = 0;
  let gaps = 0;
  let ties = 0;
  const merged = mergedSamples(reference, current);
  for (let i = 0; i < merged.values.length; i++) {
    const x = merged.reference[i]!;
    const y = merged.current[i]!;
    a += x;
    b += y;
    const after = (a * n - b * m) / m / n;
    gaps += (x / m + y / n) * (before * before + after * after);
    ties += (x / m) * (x / m) * (x / n) - (y / n) * (y / n) * (y / m);
    before = after;
  }
  // Anderson's sum of squared rank gaps, summed by parts: his own form loses nine digits at a thousand million values.
  const unequal = m - n;
  const value =
    ((m / all) * n * gaps) / 4 + ((unequal / 12) * ties - ((unequal / m) * unequal) / n / all / 12);
  const mean = (1 + 1 / all) / 6;
  const variance =
    ((all + 1) * (4 * m * n * all - 3 * (m * m + n * n) - 2 * m * n)) / (45 * all * all * 4 * m * n);
  const standard = 1 / 6 + (value - mean) / Math.sqrt(45 * variance);
  return tested(value, logCramerVonMisesTail(Math.max(0, standard)));
}

/** ln P(W² ≥ x) of the limit distribution: λ_j = 1/(jπ)², determinant sin √y / √y. */
export function logCramerVonMisesTail(x: number): number {
  if (x <= 0.004) return 0;
  return logQuadraticFormTail(
    x,
    (j) => (j * Math.PI) ** 2,
    (y) => Math.sin(Math.sqrt(y)) / Math.sqrt(y),
  );
}

export const cramerVonMises: NumberComparison = {
  id: 'cramer_von_mises',
  version: 1,
  title: 'Cramér–von Mises test',
  formula:
    'T = U/(mnN) − (4mn − 1)/(6N), U from the squared gaps between ranks; p from the limit law after fitting mean and variance',
  range: [0, null],
  edges: 'Same: about 0.',
  source: 'Anderson 1962; scipy.stats.cramervonmises_2samp(method="asymptotic")',
  accepts: 'numbers',
  compare: cramerVonMisesTest,
};
