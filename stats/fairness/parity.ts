import type { Estimate, Outcome } from '../outcome.ts';
import { furthestApart, type Rated } from './furthest.ts';
import type { GroupRates, RateName } from './group-rates.ts';

/** A gap between the two groups that are furthest apart. */
export interface Gap extends Estimate {
  readonly lowest: string;
  readonly highest: string;
}

/** Groups with fewer members than this are not judged. */
export const MIN_GROUP = 30;

/**
 * Greatest difference of a rate between two groups, in [0, 1], 0 = equal, with a 95 % interval that knows that the pair was picked
 * (`furthestApart`; of two groups Newcombe's).
 * Demographic parity is the gap of `selection`, equal opportunity of `truePositive`, predictive parity of `precision`.
 * Groups below the minimum size or without the rate are left out; fewer than two left are `not_enough_data`.
 * Source: Barocas, Hardt and Narayanan 2023, Fairness and Machine Learning, chapter 3; fairlearn.metrics.
 */
export function rateDifference(
  groups: readonly GroupRates[],
  rate: RateName,
  minimum = MIN_GROUP,
): Outcome<Gap> {
  return within(furthestApart([ratedGroups(groups, rate, minimum)]));
}

/**
 * Lowest rate of a group divided by the highest, in [0, 1], 1 = equal; below 0.8 fails the four-fifths rule. 95 % interval as
 * `rateDifference`'s, on the log scale. A highest rate of 0 is `undefined_ratio`.
 */
export function rateRatio(groups: readonly GroupRates[], rate: RateName, minimum = MIN_GROUP): Outcome<Gap> {
  const rated = ratedGroups(groups, rate, minimum);
  const log = (x: number): number => Math.log(Math.max(x, 1e-12));
  const logged = rated.map(({ group, rate: { value, low, high } }) => ({ group, rate: { value: log(value), low: log(low), high: log(high) } })); // biome-ignore format: one record
  const found = furthestApart([logged]);
  if (found === null) return { reason: 'not_enough_data' };
  const sorted = rated.map(({ rate: of }) => of).sort((a, b) => a.value - b.value);
  const [least, most] = [sorted[0]!, sorted.at(-1)!];
  if (most.value === 0) return { reason: 'undefined_ratio' };
  const value = least.value / most.value;
  return {
    ...found,
    value,
    low: value === 0 ? 0 : Math.exp(-found.high),
    high: Math.min(1, value === 0 ? least.high / most.value : Math.exp(-found.low)),
  };
}

/** Equalised odds: the greater of the gaps in true and in false positive rate, in [0, 1], 0 = equal. */
export function equalisedOddsDifference(groups: readonly GroupRates[], minimum = MIN_GROUP): Outcome<Gap> {
  const rates = (['truePositive', 'falsePositive'] as const).map((rate) => ratedGroups(groups, rate, minimum)); // biome-ignore format: one line
  if (rates.some((rated) => rated.length < 2)) return { reason: 'not_enough_data' };
  return within(furthestApart(rates));
}

/** Groups that are large enough and have the rate. */
function ratedGroups(groups: readonly GroupRates[], name: RateName, minimum: number): Rated[] {
  return groups.flatMap((entry): Rated[] => {
    const rate = entry[name];
    return entry.n >= minimum && 'value' in rate ? [{ group: entry.group, rate }] : [];
  });
}

/** A difference of two shares. */
function within(found: Gap | null): Outcome<Gap> {
  if (found === null) return { reason: 'not_enough_data' };
  return { ...found, low: Math.max(0, found.low), high: Math.min(1, found.high) };
}
