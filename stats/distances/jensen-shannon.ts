import { deviance } from '../distributions/incomplete-gamma.ts';
import type { Outcome } from '../outcome.ts';
import { shareGap } from './share-gap.ts';

/**
 * Jensen–Shannon divergence between two count vectors on shared bins, base 2, as observed (not debiased), in [0, 1]:
 * 0 = same shares, 1 = disjoint. Bins empty on both sides do not matter. No rule for empty bins is needed.
 * A side without counts is `not_enough_data`, vectors of different length `different_bins`.
 * Source: Lin 1991, "Divergence measures based on the Shannon entropy".
 * @example jsDivergenceBase2([1, 1], [2, 0]) // { value: 0.3112781244591328 }
 */
export function jsDivergenceBase2(reference: ArrayLike<number>, current: ArrayLike<number>): Outcome {
  if (reference.length !== current.length) return { reason: 'different_bins' };
  const m = sum(reference);
  const n = sum(current);
  if (!(m > 0) || !(n > 0)) return { reason: 'not_enough_data' };
  let nats = 0;
  for (let i = 0; i < reference.length; i++) {
    const p = reference[i]! / m;
    const q = current[i]! / n;
    const gap = shareGap(reference[i]!, m, current[i]!, n);
    nats += half(p, q, gap) + half(q, p, -gap);
  }
  return { value: Math.min(1, nats / (2 * Math.LN2)) };
}

/**
 * √ of the Jensen–Shannon divergence in nats, in [0, √ln 2 ≈ 0.8326]: the distance of SciPy's and Evidently's default base.
 * @example jsDistanceNat([1, 0], [0, 1]) // { value: 0.8325546111576977 }
 */
export function jsDistanceNat(reference: ArrayLike<number>, current: ArrayLike<number>): Outcome {
  const divergence = jsDivergenceBase2(reference, current);
  return 'value' in divergence ? { value: Math.sqrt(divergence.value * Math.LN2) } : divergence;
}

/** p ln(p / s) + s − p for s = (p + q) / 2; the added s − p of both halves is 0, and no half is negative: nothing cancels. */
function half(p: number, q: number, gap: number): number {
  return p > 0 ? p * deviance((p + q) / (2 * p), gap / (2 * p)) : q / 2;
}

/** Sum of counts. */
export function sum(counts: ArrayLike<number>): number {
  let all = 0;
  for (let i = 0; i < counts.length; i++) all += counts[i]!;
  return all;
}
