import type { Outcome } from '../outcome.ts';
import { furthestApart } from './furthest.ts';
import type { GroupCalibration } from './group-calibration.ts';
import { type Gap, MIN_GROUP } from './parity.ts';

/**
 * Greatest difference between two groups in how far scores lie above what happens (`gap`), in [0, 2], 0 = scores mean the same in
 * all groups. 95 % interval that knows that the pair was picked (`furthestApart`).
 * Groups below the minimum size or without a gap are left out; fewer than two left are `not_enough_data`.
 * @example calibrationDifference([women, men]) // { value: 0.04, low: 0.01, high: 0.07, lowest: 'men', highest: 'women' }
 */
export function calibrationDifference(
  groups: readonly GroupCalibration[],
  minimum = MIN_GROUP,
): Outcome<Gap> {
  const rated = groups.flatMap(({ group, n, gap }) =>
    n >= minimum && 'value' in gap ? [{ group, rate: gap }] : [],
  );
  const found = furthestApart([rated]);
  if (found === null) return { reason: 'not_enough_data' };
  return { ...found, low: Math.max(0, found.low), high: Math.min(2, found.high) };
}
