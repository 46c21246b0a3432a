import type { NumberComparison } from '../comparison.ts';
import { gapIntegral } from '../distances/gap-integral.ts';
import type { Outcome } from '../outcome.ts';
import type { Sample } from '../sample.ts';

/**
 * Wasserstein-1 (earth mover's) distance ∫ |F_c − F_r| dx, in the column's unit, ≥ 0: how far values moved on average.
 * An empty side is `not_enough_data`.
 * @example wassersteinDistance(sampleOf([1, 2]), sampleOf([3, 4])) // { value: 2 }
 */
export function wassersteinDistance(reference: Sample, current: Sample): Outcome {
  return gapIntegral(reference, current, 1);
}

export const wasserstein: NumberComparison = {
  id: 'wasserstein',
  version: 1,
  title: 'Wasserstein-1 distance',
  formula: '∫ |F_c − F_r| dx, in the column’s unit',
  range: [0, null],
  edges: 'Same: 0. Missing and invalid values are not seen.',
  source: 'Vallender 1974; scipy.stats.wasserstein_distance',
  accepts: 'numbers',
  compare: wassersteinDistance,
};
