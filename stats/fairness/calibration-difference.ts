import type { Outcome } from '../outcome.ts';
import type { GroupCalibration } from './group-calibration.ts';
import { type Gap, MIN_GROUP } from './parity.ts';

/**
 * Greatest difference between two groups in how far scores lie above what happens (`gap`), in [0, 2], 0 = scores mean the same in
 * all groups. 95 % interval of that pair's difference (MOVER; that the pair was picked as the extremes is not corrected for).
 * Groups below the minimum size or without a gap are left out; fewer than two left are `not_enough_data`.
 * Source of the interval: Donner and Zou 2012.
 * @example calibrationDifference([women, men]) // { value: 0.04, low: 0.01, high: 0.07, lowest: 'men', highest: 'women' }
 */
export function calibrationDifference(
  groups: readonly GroupCalibration[],
  minimum = MIN_GROUP,
): Outcome<Gap> {
  const judged = groups
    .flatMap(({ group, n, gap }) => (n >= minimum && 'value' in gap ? [{ group, gap }] : []))
    .sort((a, b) => a.gap.value - b.gap.value);
  const [lowest, highest] = [judged[0], judged.at(-1)];
  if (judged.length < 2 || !lowest || !highest) return { reason: 'not_enough_data' };
  const [low, high] = [lowest.gap, highest.gap];
  const value = high.value - low.value;
  return {
    value,
    low: Math.max(0, value - Math.hypot(high.value - high.low, low.high - low.value)),
    high: Math.min(2, value + Math.hypot(high.high - high.value, low.value - low.low)),
    lowest: lowest.group,
    highest: highest.group,
  };
}
