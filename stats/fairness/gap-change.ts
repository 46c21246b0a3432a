import { difference } from '../intervals/difference.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import type { Gap } from './parity.ts';

/**
 * Change of a fairness gap (or ratio) between two windows, current − reference, with a 95 % interval from those of both (MOVER):
 * above 0 a difference widened, below 0 a ratio fell. A gap is the extreme of several groups, so that it may be another pair in
 * either window. Without a gap on one side, that side's reason.
 * Source of the interval: Donner and Zou 2012.
 * @example gapChange(rateDifference(before, 'selection'), rateDifference(after, 'selection')).value // 0.05
 */
export function gapChange(reference: Outcome<Gap>, current: Outcome<Gap>): Outcome<Estimate> {
  return difference(reference, current);
}
