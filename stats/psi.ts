import { sum } from './jensen-shannon.ts';
import type { Outcome, Value } from './outcome.ts';

/** A population stability index: `value` as observed, `debiased` without what it is on average without drift. */
export interface Psi extends Value {
  readonly debiased: number;
  /** (k − 1)(1/m + 1/n) over k occupied bins: E[PSI] without drift. */
  readonly noiseFloor: number;
  readonly m: number;
  readonly n: number;
  readonly bins: number;
}

/**
 * Population stability index Σ (c − r) ln(c / r) over shares, in [0, ∞); customary thresholds 0.1 and 0.2.
 * Zero shares: half a count is added to every occupied bin of both sides (Laplace ½), so the value is finite at every size.
 * A side without counts is `not_enough_data`, vectors of different length `different_bins`; one occupied bin is 0.
 * Source: Siddiqi 2006; mean without drift: Yurdakul 2018.
 * @example psi([50, 50], [50, 50]).value // 0
 */
export function psi(reference: ArrayLike<number>, current: ArrayLike<number>): Outcome<Psi> {
  if (reference.length !== current.length) return { reason: 'different_bins' };
  const m = sum(reference);
  const n = sum(current);
  if (!(m > 0) || !(n > 0)) return { reason: 'not_enough_data' };
  const occupied = Array.from({ length: reference.length }, (_, i) => i).filter(
    (i) => reference[i]! > 0 || current[i]! > 0,
  );
  const bins = occupied.length;
  let value = 0;
  for (const i of occupied) {
    const r = (reference[i]! + 0.5) / (m + bins / 2);
    const c = (current[i]! + 0.5) / (n + bins / 2);
    value += (c - r) * Math.log(c / r);
  }
  const noiseFloor = (bins - 1) * (1 / m + 1 / n);
  return { value, debiased: Math.max(0, value - noiseFloor), noiseFloor, m, n, bins };
}
