import type { Estimate, Outcome } from '../outcome.ts';
import type { GroupRates, RateName } from './group-rates.ts';

/** A gap between the two groups that are furthest apart. */
export interface Gap extends Estimate {
  readonly lowest: string;
  readonly highest: string;
}

/** Groups with fewer members than this are not judged. */
export const MIN_GROUP = 30;

/**
 * Greatest difference of a rate between two groups, in [0, 1], 0 = equal, with the 95 % interval of that pair's difference
 * (Newcombe; that the pair was picked as the extremes is not corrected for, so judge many groups with care).
 * Demographic parity is the gap of `selection`, equal opportunity of `truePositive`, predictive parity of `precision`.
 * Groups below the minimum size or without the rate are left out; fewer than two left are `not_enough_data`.
 * Source: Barocas, Hardt and Narayanan 2023, Fairness and Machine Learning, chapter 3; fairlearn.metrics.
 */
export function rateDifference(
  groups: readonly GroupRates[],
  rate: RateName,
  minimum = MIN_GROUP,
): Outcome<Gap> {
  const found = extremes(groups, rate, minimum);
  if (found === null) return { reason: 'not_enough_data' };
  const { low, high } = found;
  const value = high.rate.value - low.rate.value;
  return {
    value,
    low: Math.max(0, value - Math.hypot(high.rate.value - high.rate.low, low.rate.high - low.rate.value)),
    high: Math.min(1, value + Math.hypot(high.rate.high - high.rate.value, low.rate.value - low.rate.low)),
    lowest: low.group,
    highest: high.group,
  };
}

/**
 * Lowest rate of a group divided by the highest, in [0, 1], 1 = equal; below 0.8 fails the four-fifths rule. Interval from
 * both rates' intervals on the log scale (MOVER). A highest rate of 0 is `undefined_ratio`.
 */
export function rateRatio(groups: readonly GroupRates[], rate: RateName, minimum = MIN_GROUP): Outcome<Gap> {
  const found = extremes(groups, rate, minimum);
  if (found === null) return { reason: 'not_enough_data' };
  const { low, high } = found;
  if (high.rate.value === 0) return { reason: 'undefined_ratio' };
  const value = low.rate.value / high.rate.value;
  const log = (x: number): number => Math.log(Math.max(x, 1e-12));
  const down = Math.hypot(
    log(low.rate.value) - log(low.rate.low),
    log(high.rate.high) - log(high.rate.value),
  );
  const up = Math.hypot(log(low.rate.high) - log(low.rate.value), log(high.rate.value) - log(high.rate.low));
  return {
    value,
    low: value * Math.exp(-down),
    high: Math.min(1, value === 0 ? low.rate.high / high.rate.value : value * Math.exp(up)),
    lowest: low.group,
    highest: high.group,
  };
}

/** Equalised odds: the greater of the gaps in true and in false positive rate, in [0, 1], 0 = equal. */
export function equalisedOddsDifference(groups: readonly GroupRates[], minimum = MIN_GROUP): Outcome<Gap> {
  const hits = rateDifference(groups, 'truePositive', minimum);
  const alarms = rateDifference(groups, 'falsePositive', minimum);
  if (!('value' in hits)) return hits;
  if (!('value' in alarms)) return alarms;
  return hits.value >= alarms.value ? hits : alarms;
}

interface Rated {
  readonly group: string;
  readonly rate: Estimate;
}

function extremes(
  groups: readonly GroupRates[],
  name: RateName,
  minimum: number,
): { readonly low: Rated; readonly high: Rated } | null {
  const rated = groups.flatMap((entry): Rated[] => {
    const rate = entry[name];
    return entry.n >= minimum && 'value' in rate ? [{ group: entry.group, rate }] : [];
  });
  if (rated.length < 2) return null;
  const sorted = rated.toSorted((a, b) => a.rate.value - b.rate.value);
  return { low: sorted[0]!, high: sorted.at(-1)! };
}
