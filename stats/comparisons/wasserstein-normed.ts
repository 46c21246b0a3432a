import type { NumberComparison } from '../comparison.ts';
import { finite, type Outcome } from '../outcome.ts';
import { commonUnit, moments, type Sample } from '../sample.ts';
import { wassersteinDistance } from './wasserstein.ts';

/**
 * Wasserstein-1 distance divided by the reference's standard deviation (population), ≥ 0, without unit. A reference
 * without spread is `constant`, an empty side `not_enough_data`.
 * @example normedWassersteinDistance(sampleOf([1, 3]), sampleOf([3, 5])) // { value: 2 }
 */
export function normedWassersteinDistance(reference: Sample, current: Sample): Outcome {
  const [r, c] = commonUnit(reference, current);
  const distance = wassersteinDistance(r, c);
  if (!('value' in distance)) return distance;
  const spread = Math.sqrt((moments(r).variance * (r.n - 1)) / r.n);
  return spread > 0 ? finite(distance.value / spread) : { reason: 'constant' };
}

export const wassersteinNormed: NumberComparison = {
  id: 'wasserstein_normed',
  version: 1,
  title: 'Wasserstein-1 distance in standard deviations of the reference',
  formula: '∫ |F_c − F_r| dx / σ_r',
  range: [0, null],
  edges: 'Same: 0. Constant reference: constant.',
  source: 'scipy.stats.wasserstein_distance; the default of Evidently for large numeric columns',
  accepts: 'numbers',
  compare: normedWassersteinDistance,
};
