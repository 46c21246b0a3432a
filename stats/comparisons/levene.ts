import type { NumberComparison, Tested } from '../comparison.ts';
import type { Outcome } from '../outcome.ts';
import { moments, type Sample } from '../sample.ts';
import { spreadTest } from '../spread-test.ts';

/**
 * Levene's test of equal spread: distances from each side's mean. `constant` without spread, `not_enough_data` below two a side.
 * @example leveneTest(sampleOf([1, 2, 3]), sampleOf([1, 2, 3])).value // 0
 */
export function leveneTest(reference: Sample, current: Sample): Outcome<Tested> {
  return spreadTest(reference, current, (sample) => moments(sample).mean);
}

export const levene: NumberComparison = {
  id: 'levene',
  version: 1,
  title: 'Levene’s test',
  formula: 'W: F statistic of |x − mean| between the sides, 1 and m + n − 2 degrees of freedom',
  range: [0, null],
  edges: 'Same spread: 0. No spread on either side: constant.',
  source: 'Levene 1960; scipy.stats.levene(center="mean")',
  accepts: 'numbers',
  compare: leveneTest,
};
