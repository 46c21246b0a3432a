import { gammaQ } from '../distributions/incomplete-gamma.ts';
import { Z_ONE_SIDED_95 } from '../distributions/normal.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { jsDivergenceBase2, sum } from './jensen-shannon.ts';

/** Definition id and version, stored with every signal. */
export const JS_DISTANCE_BASE2 = 'js_distance_base2@3';

/** Practical threshold on the lower bound: about a quarter of a standard deviation of pure mean shift. */
export const JS_DISTANCE_THRESHOLD = 0.1;

/** Fewer observations on a side than this: no value. */
export const MIN_OBSERVATIONS = 20;
/** A noise floor above this: no value, a shift of half a standard deviation would drown. */
export const MAX_NOISE_FLOOR = 0.2;

/** A drift score: `value` is debiased, `low` and `high` are one-sided bounds, of 95 % unless asked (together a 90 % interval); all in [0, 1]. */
export interface JsDistance extends Estimate {
  /** The distance as observed, before its bias was taken off. */
  readonly raw: number;
  /** What `raw` is on average without any drift, √bias. */
  readonly noiseFloor: number;
  /** Probability of a divergence this large without drift (χ², k − 1 degrees of freedom): for error control over many columns. */
  readonly p: number;
  /** Observations: reference, current; occupied bins. */
  readonly m: number;
  readonly n: number;
  readonly bins: number;
}

/**
 * `js_distance_base2`, debiased: the default drift score of every column type. 0 = same, 1 = disjoint;
 * a mean shift of δ standard deviations gives about 0.42 δ. Drift is `low` above the threshold, never `value` alone.
 *
 * The divergence D on k occupied bins of m and n observations; without drift it is about a·χ²(k − 1), with
 * a = (1/m + 1/n) / (8 ln 2). value = √(D − (k − 1)a), bounds by D − (k − 1)a ∓ 1.645 · √(delta-method variance + 2(k − 1)a²).
 *
 * `z`: the bounds in standard errors, where they are to be others.
 *
 * One occupied bin is distance 0. `not_enough_data`: fewer than 20 observations on a side, or a noise floor √((k − 1)a)
 * above 0.2. `different_bins`: lengths differ. Counts may be fractional; they must not be negative or NaN.
 * Source: docs/stats/js_distance_base2.md; Lin 1991; the asymptotic law follows from Menéndez et al. 1997.
 * @example jsDistance([500, 500], [500, 500]).value // 0
 */
export function jsDistance(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  z = Z_ONE_SIDED_95,
): Outcome<JsDistance> {
  const divergence = jsDivergenceBase2(reference, current);
  if (!('value' in divergence)) return divergence;
  const m = sum(reference);
  const n = sum(current);
  if (Math.min(m, n) < MIN_OBSERVATIONS) return { reason: 'not_enough_data' };
  const bins = occupied(reference, current);
  const unit = (1 / m + 1 / n) / (8 * Math.LN2);
  const bias = (bins - 1) * unit;
  if (Math.sqrt(bias) > MAX_NOISE_FLOOR) return { reason: 'not_enough_data' };
  const deviation = Math.sqrt(deltaVariance(reference, current, m, n) + 2 * (bins - 1) * unit * unit);
  const debiased = divergence.value - bias;
  return {
    value: distance(debiased),
    low: distance(debiased - z * deviation),
    high: distance(debiased + z * deviation),
    raw: Math.sqrt(divergence.value),
    noiseFloor: Math.sqrt(bias),
    p: bins < 2 ? 1 : gammaQ((bins - 1) / 2, divergence.value / unit / 2),
    m,
    n,
    bins,
  };
}

/** √, with what lies below 0 or above 1 put back into the range of a distance. */
function distance(divergence: number): number {
  return Math.sqrt(Math.max(0, Math.min(1, divergence)));
}

function occupied(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  let bins = 0;
  for (let i = 0; i < reference.length; i++) if (reference[i]! > 0 || current[i]! > 0) bins++;
  return bins;
}

/** Variance of D by the delta method: the gradient in p_i is ½ log₂(2p_i / (p_i + q_i)), under multinomial sampling. */
function deltaVariance(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  m: number,
  n: number,
): number {
  return spread(reference, current, m, n) / m + spread(current, reference, n, m) / n;
}

function spread(mine: ArrayLike<number>, theirs: ArrayLike<number>, m: number, n: number): number {
  let mean = 0;
  let square = 0;
  for (let i = 0; i < mine.length; i++) {
    const p = mine[i]! / m;
    if (p === 0) continue;
    const gradient = 0.5 * Math.log2((2 * p) / (p + theirs[i]! / n));
    mean += p * gradient;
    square += p * gradient * gradient;
  }
  return Math.max(0, square - mean * mean);
}
