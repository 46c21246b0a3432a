import { type NumberComparison, type Tested, tested } from '../comparison.ts';
import { logQuadraticFormTail } from '../distributions/quadratic-form.ts';
import type { Outcome } from '../outcome.ts';
import { mergedSamples, type Sample } from '../sample.ts';

/** Beyond this many observations the variance of the statistic is that of its limit. */
const LIMIT = 100_000;
const LIMIT_DEVIATION = Math.sqrt((2 * (Math.PI ** 2 - 9)) / 3);

/**
 * Anderson–Darling test of two samples (k = 2 of the k-sample test), midranks for ties: the standardised statistic and its p
 * from the limit law, which scipy.stats.anderson_ksamp tabulates between 0.001 and 0.25. All values equal is `constant`,
 * an empty side or fewer than four observations `not_enough_data`.
 * Source: Scholz and Stephens 1987, K-sample Anderson–Darling tests.
 * @example andersonDarlingTest(sampleOf([1, 2, 3]), sampleOf([4, 5, 6])).value // 1.78…
 */
export function andersonDarlingTest(reference: Sample, current: Sample): Outcome<Tested> {
  const m = reference.n;
  const n = current.n;
  const all = m + n;
  if (m === 0 || n === 0 || all < 4) return { reason: 'not_enough_data' };
  const merged = mergedSamples(reference, current);
  if (merged.values.length < 2) return { reason: 'constant' };
  let a = 0;
  let b = 0;
  let sum = 0;
  for (let i = 0; i < merged.values.length; i++) {
    const x = merged.reference[i]!;
    const y = merged.current[i]!;
    const tied = x + y;
    const below = a + b + tied / 2;
    const weight = tied / (below * (all - below) - (all * tied) / 4);
    // The gap of both sides' distribution functions at the midrank; squared it counts 1/m + 1/n times m²n².
    const gap = n * (a + x / 2) - m * (b + y / 2);
    sum += weight * (gap / m) * (gap / n);
    a += x;
    b += y;
  }
  const value = ((sum * (all - 1)) / all - 1) / deviation(m, n);
  return tested(value, logAndersonDarlingTail(1 + value * LIMIT_DEVIATION));
}

/** Standard deviation of the statistic for two samples, Scholz and Stephens' equation 4. */
function deviation(m: number, n: number): number {
  const all = m + n;
  if (all > LIMIT) return LIMIT_DEVIATION;
  const inverse = 1 / m + 1 / n;
  let h = 0;
  let g = 0;
  for (let i = Math.round(all) - 1; i >= 2; i--) {
    h += 1 / i;
    g += h / (Math.round(all) - i + 1);
  }
  h += 1;
  const a = 4 * g - 6 + (10 - 6 * g) * inverse;
  const b = (2 * g - 4) * 4 + 16 * h + (2 * g - 14 * h - 4) * inverse - 8 * h + 4 * g - 6;
  const c = (6 * h + 2 * g - 2) * 4 + (4 * h - 4 * g + 6) * 2 + (2 * h - 6) * inverse + 4 * h;
  const d = (2 * h + 6) * 4 - 8 * h;
  return Math.sqrt((a * all ** 3 + b * all ** 2 + c * all + d) / ((all - 1) * (all - 2) * (all - 3)));
}

/** ln P(A² ≥ x) of the limit distribution: λ_j = 1/(j(j + 1)), determinant −cos(π√(1 + 4y)/2) / (πy). */
export function logAndersonDarlingTail(x: number): number {
  if (x <= 0.05) return 0;
  return logQuadraticFormTail(
    x,
    (j) => j * (j + 1),
    (y) => -Math.cos((Math.PI / 2) * Math.sqrt(1 + 4 * y)) / (Math.PI * y),
  );
}

export const andersonDarlingK: NumberComparison = {
  id: 'anderson_darling_k',
  version: 1,
  title: 'Anderson–Darling test of two samples',
  formula: '(A² − 1)/σ with midranks; p from the limit law of A²',
  range: [null, null],
  edges: 'All values equal: constant. Sensitive in the tails.',
  source: 'Scholz and Stephens 1987, K-sample Anderson–Darling tests; scipy.stats.anderson_ksamp',
  accepts: 'numbers',
  compare: andersonDarlingTest,
};
