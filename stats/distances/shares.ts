import type { Outcome, Value } from '../outcome.ts';
import { sum } from './jensen-shannon.ts';
import { shareGap } from './share-gap.ts';

/** Shares of both sides on the bins that either side occupies. */
export interface Shares {
  readonly r: readonly number[];
  readonly c: readonly number[];
  /** c − r, from the counts: shares that differ in their ninth digit keep the digits of their difference. */
  readonly gaps: readonly number[];
  readonly m: number;
  readonly n: number;
}

/**
 * Hands both sides' shares on the occupied bins to `compute`. Different lengths are `different_bins`, a side without
 * counts `not_enough_data`. `smoothing`: counts added to every occupied bin of both sides (Laplace ½ where zero shares
 * would make the value infinite).
 */
export function onShares<T extends Value>(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  smoothing: number,
  compute: (shares: Shares) => Outcome<T>,
): Outcome<T> {
  if (reference.length !== current.length) return { reason: 'different_bins' };
  const m = sum(reference);
  const n = sum(current);
  if (!(m > 0) || !(n > 0)) return { reason: 'not_enough_data' };
  const occupied = Array.from({ length: reference.length }, (_, i) => i).filter(
    (i) => reference[i]! > 0 || current[i]! > 0,
  );
  const added = smoothing * occupied.length;
  const [before, after] = [m + added, n + added];
  return compute({
    r: occupied.map((i) => (reference[i]! + smoothing) / before),
    c: occupied.map((i) => (current[i]! + smoothing) / after),
    gaps: occupied.map((i) => shareGap(reference[i]! + smoothing, before, current[i]! + smoothing, after)),
    m,
    n,
  });
}
