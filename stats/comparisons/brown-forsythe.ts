import type { NumberComparison, Tested } from '../comparison.ts';
import type { Outcome } from '../outcome.ts';
import type { Sample } from '../sample.ts';
import { spreadTest } from '../spread-test.ts';

/**
 * Brown–Forsythe test of equal spread: distances from each side's median, robust against skew. Results without a value as
 * `leveneTest`.
 * @example brownForsytheTest(sampleOf([1, 2, 3]), sampleOf([1, 2, 3])).value // 0
 */
export function brownForsytheTest(reference: Sample, current: Sample): Outcome<Tested> {
  return spreadTest(reference, current, median);
}

/** The middle observation, or the mean of the middle two. */
function median({ values, counts, n }: Sample): number {
  const at = (rank: number): number => {
    let before = 0;
    for (let i = 0; i < values.length; i++) {
      before += counts[i]!;
      if (before >= rank) return values[i]!;
    }
    return values.at(-1)!;
  };
  return at(Math.floor((n + 1) / 2)) / 2 + at(Math.floor(n / 2) + 1) / 2;
}

export const brownForsythe: NumberComparison = {
  id: 'brown_forsythe',
  version: 1,
  title: 'Brown–Forsythe test',
  formula: 'W: F statistic of |x − median| between the sides, 1 and m + n − 2 degrees of freedom',
  range: [0, null],
  edges: 'Same spread: 0. No spread on either side: constant.',
  source: 'Brown and Forsythe 1974; scipy.stats.levene(center="median")',
  accepts: 'numbers',
  compare: brownForsytheTest,
};
