import type { CountComparison } from '../comparison.ts';
import { onShares } from '../distances/shares.ts';
import type { Outcome } from '../outcome.ts';

/**
 * Greatest change of a bin's share, max |r − c|, in [0, 1].
 * @example lInfinityDistance([5, 5], [8, 2]).value // 0.3
 */
export function lInfinityDistance(reference: ArrayLike<number>, current: ArrayLike<number>): Outcome {
  return onShares(reference, current, 0, ({ gaps }) => ({
    value: gaps.reduce((most, gap) => Math.max(most, Math.abs(gap)), 0),
  }));
}

export const lInfinity: CountComparison = {
  id: 'l_infinity',
  version: 1,
  title: 'Greatest change of a share (L∞)',
  formula: 'max |r − c|',
  range: [0, 1],
  edges: 'Same: 0. One bin against another: 1. Blind to many small changes.',
  source: 'the default of TensorFlow Data Validation for categories',
  accepts: 'counts',
  compare: lInfinityDistance,
};
