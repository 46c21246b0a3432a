import { normalQuantile } from '../distributions/normal.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import type { Gathered } from './strata.ts';

/** Rows that are planned for, as a multiple of those of a fixed-size test of the smallest difference that matters. */
const PLANNED = 1.5;
/** Part of α that is spent until then; the rest lasts for ever. */
const SPENT_UNTIL_PLANNED = 0.6;
/** (z of 97.5 % + z of 80 %)²: what a fixed-size test of level 5 % and power 80 % needs. */
const FIXED = (normalQuantile(0.975) + normalQuantile(0.8)) ** 2;

export interface DifferenceOptions {
  /** The smallest difference that matters, in the unit of the values: the interval is made to decide on it. Over 0. */
  readonly smallest: number;
  /** Probability of ever being wrong, both sides together. Default 0.05. */
  readonly alpha?: number;
}

/**
 * Confidence sequence of a difference of means (current − reference): holds at all looks at once with probability 1 − α, so
 * that one may look as often, and stop when, one likes. Two bounds, of which the narrower holds: a constant one on the sum (as
 * O'Brien and Fleming's, looked at without a pause) up to the planned 1.5 × the rows of a fixed-size test of `smallest`, and
 * Robbins' normal mixture for ever. Asymptotic in the rows of each side. Nothing gathered is `not_enough_data`.
 * Sources: Robbins 1970; O'Brien and Fleming 1979; Jennison and Turnbull 1997 (sums of estimates as a walk in information).
 * @example differenceSequence({ sum: 50, weight: 5000, variance: 450 }, { smallest: 0.01 }) // 0.01, from −0.0076 to 0.0276
 */
export function differenceSequence(of: Gathered, options: DifferenceOptions): Outcome<Estimate> {
  const { sum, weight, variance } = of;
  if (!(weight > 0 && variance > 0)) return { reason: 'not_enough_data' };
  const value = sum / weight;
  const reach = sequenceReach(of, options);
  if (!Number.isFinite(value) || !Number.isFinite(reach)) return { reason: 'not_finite' };
  return { value, low: value - reach, high: value + reach };
}

/**
 * How many times the weight gathered so far is needed until the interval reaches no farther than `reach` to each side, when
 * as much scatters as until now; 1 when it does already.
 * @example weightNeeded({ sum: 0, weight: 5000, variance: 450 }, 0.01, { smallest: 0.01 }) // 1.76…
 */
export function weightNeeded(of: Gathered, reach: number, options: DifferenceOptions): number {
  const narrow = (times: number) =>
    sequenceReach({ weight: of.weight * times, variance: of.variance * times }, options) <= reach;
  let high = 1;
  while (!narrow(high) && high < 1e9) high *= 2;
  let low = high === 1 ? 1 : high / 2;
  for (let i = 0; i < 40 && high - low > 1e-3 * high; i++) {
    const middle = (low + high) / 2;
    if (narrow(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function sequenceReach(
  { weight, variance }: Pick<Gathered, 'weight' | 'variance'>,
  { smallest, alpha = 0.05 }: DifferenceOptions,
): number {
  const scatter = variance / weight;
  const planned = (PLANNED * FIXED * scatter * scatter) / (smallest * smallest);
  const lasting = alpha * (1 - SPENT_UNTIL_PLANNED);
  const odds = -2 * Math.log(lasting);
  const tuned = planned / (odds + Math.log(odds + 1));
  const forever = Math.sqrt((variance + tuned) * (Math.log((variance + tuned) / tuned) + odds));
  if (variance > planned) return forever / weight;
  // A walk leaves ±c√planned before then with at most four times the tail beyond c.
  const constant = normalQuantile(1 - (alpha * SPENT_UNTIL_PLANNED) / 4) * Math.sqrt(planned);
  return Math.min(forever, constant) / weight;
}
