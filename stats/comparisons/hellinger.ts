import type { CountComparison } from '../comparison.ts';
import { onShares } from '../distances/shares.ts';
import type { Outcome } from '../outcome.ts';

/**
 * Hellinger distance √(½ Σ (√r − √c)²), in [0, 1]: 0 = same shares, 1 = disjoint. Not debiased.
 * @example hellingerDistance([1, 0], [0, 1]) // { value: 1 }
 */
export function hellingerDistance(reference: ArrayLike<number>, current: ArrayLike<number>): Outcome {
  return onShares(reference, current, 0, ({ r, c, gaps }) => ({
    value: Math.min(
      1,
      // √c − √r = (c − r) / (√c + √r)
      Math.sqrt(r.reduce((sum, share, i) => sum + (gaps[i]! / (Math.sqrt(share) + Math.sqrt(c[i]!))) ** 2, 0) / 2), // biome-ignore format: one line
    ),
  }));
}

export const hellinger: CountComparison = {
  id: 'hellinger',
  version: 1,
  title: 'Hellinger distance',
  formula: '√(½ Σ (√r − √c)²)',
  range: [0, 1],
  edges: 'Same: 0. Disjoint: 1. Not debiased: small samples score high.',
  source: 'Hellinger 1909; Le Cam and Yang 2000, Asymptotics in Statistics',
  accepts: 'counts',
  compare: hellingerDistance,
};
