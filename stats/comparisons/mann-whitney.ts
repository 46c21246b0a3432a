import { type NumberComparison, type Tested, tested } from '../comparison.ts';
import { logNormalTail } from '../distributions/normal.ts';
import type { Outcome } from '../outcome.ts';
import { mergedSamples, type Sample } from '../sample.ts';

/**
 * Mann–Whitney U test, tie-corrected, with continuity correction, two-sided. `value` is U/(mn), the probability that a
 * current value exceeds a reference value, ties half: 0.5 without shift. All values equal is `constant`, an empty side
 * `not_enough_data`.
 * @example mannWhitneyTest(sampleOf([1, 2]), sampleOf([3, 4])).value // 1
 */
export function mannWhitneyTest(reference: Sample, current: Sample): Outcome<Tested> {
  const m = reference.n;
  const n = current.n;
  if (m === 0 || n === 0) return { reason: 'not_enough_data' };
  const all = m + n;
  let below = 0;
  let u = 0;
  let spread = 0;
  const merged = mergedSamples(reference, current);
  for (let i = 0; i < merged.values.length; i++) {
    const x = merged.reference[i]!;
    const y = merged.current[i]!;
    u += y * (below + x / 2);
    below += x;
    const tied = x + y;
    // Sums to N³ − Σ t³, without the cancellation of one nearly constant column.
    spread += tied * (all - tied) * (all + tied);
  }
  if (spread === 0) return { reason: 'constant' };
  const variance = ((m * n) / 12) * (spread / all / (all - 1));
  const gap = Math.max(0, Math.abs(u - (m * n) / 2) - 0.5);
  return tested(u / (m * n), Math.LN2 + logNormalTail(gap / Math.sqrt(variance)));
}

export const mannWhitney: NumberComparison = {
  id: 'mann_whitney',
  version: 1,
  title: 'Mann–Whitney U test',
  formula:
    'U/(mn) = P(current > reference) + ½ P(equal); p normal, tie-corrected, with continuity correction, two-sided',
  range: [0, 1],
  edges: 'Same: 0.5. All values equal: constant. Blind to changes of spread alone.',
  source: 'Mann and Whitney 1947; scipy.stats.mannwhitneyu(method="asymptotic")',
  accepts: 'numbers',
  compare: mannWhitneyTest,
};
