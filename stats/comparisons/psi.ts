import type { CountComparison } from '../comparison.ts';
import { onShares } from '../distances/shares.ts';
import type { Outcome, Value } from '../outcome.ts';

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
 * @example populationStabilityIndex([50, 50], [50, 50]).value // 0
 */
export function populationStabilityIndex(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
): Outcome<Psi> {
  return onShares(reference, current, 0.5, ({ r, c, gaps, m, n }) => {
    const value = r.reduce((sum, share, i) => {
      const growth = gaps[i]! / share;
      return sum + gaps[i]! * (Math.abs(growth) < 0.5 ? Math.log1p(growth) : Math.log(c[i]! / share));
    }, 0);
    const noiseFloor = (r.length - 1) * (1 / m + 1 / n);
    return { value, debiased: Math.max(0, value - noiseFloor), noiseFloor, m, n, bins: r.length };
  });
}

export const psi: CountComparison = {
  id: 'psi',
  version: 1,
  title: 'Population stability index',
  formula: 'Σ (c − r) · ln(c / r), half a count added to every occupied bin of both sides (Laplace ½)',
  range: [0, null],
  edges:
    'Same shares or one occupied bin: 0. Depends on the rule for empty bins: five percent new nulls are 0.2 to 0.6 by sample size. Without drift it is (k − 1)(1/m + 1/n) on average, given as noise floor.',
  source:
    'Siddiqi 2006, Credit Risk Scorecards; Yurdakul 2018, Statistical properties of the population stability index',
  accepts: 'counts',
  compare: populationStabilityIndex,
};
