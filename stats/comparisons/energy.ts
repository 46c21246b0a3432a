import type { NumberComparison } from '../comparison.ts';
import { gapIntegral } from '../distances/gap-integral.ts';
import type { Outcome } from '../outcome.ts';
import { commonUnit, type Sample } from '../sample.ts';

/**
 * Energy distance √(2 ∫ (F_c − F_r)² dx), in the square root of the column's unit, ≥ 0. An empty side is `not_enough_data`.
 * @example energyDistance(sampleOf([0]), sampleOf([2])) // { value: 2 }
 */
export function energyDistance(reference: Sample, current: Sample): Outcome {
  const [r, c, unit] = commonUnit(reference, current);
  const integral = gapIntegral(r, c, 2);
  return 'value' in integral ? { value: Math.sqrt(2 * integral.value) / Math.sqrt(unit) } : integral;
}

export const energy: NumberComparison = {
  id: 'energy',
  version: 1,
  title: 'Energy distance',
  formula: '√(2 ∫ (F_c − F_r)² dx)',
  range: [0, null],
  edges: 'Same: 0. Missing and invalid values are not seen.',
  source: 'Székely and Rizzo 2013; scipy.stats.energy_distance',
  accepts: 'numbers',
  compare: energyDistance,
};
