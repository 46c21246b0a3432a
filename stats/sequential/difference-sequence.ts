import { normalQuantile } from '../distributions/normal.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import type { Gathered } from './strata.ts';

/** Rows that are planned for, as a multiple of those of a fixed-size test of the smallest difference that matters. */
const PLANNED = 1.5;
/** Constant bounds: each until so many times the rows that are planned for, with its part of α. Four times are those of half the difference. */
const STAIRS = [
  { until: 1, part: 0.4 },
  { until: 4, part: 0.3 },
  { until: 16, part: 0.1 },
] as const;
/** The part of α that lasts for ever, in a bound that is narrowest where differences are several times the smallest. */
const LASTING = { part: 0.2, narrowest: 0.1 } as const;
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
 * that one may look as often, and stop when, one likes. The narrowest of bounds that share α: constant ones on the sum (as
 * O'Brien and Fleming's, looked at without a pause) up to 1.5 × the rows of a fixed-size test of `smallest`, of half and of a
 * quarter of it, and Robbins' normal mixture for ever, which larger differences pass first. Asymptotic in the rows of each side.
 * Nothing gathered is `not_enough_data`.
 * Sources: Robbins 1970; O'Brien and Fleming 1979; Jennison and Turnbull 1997 (sums of estimates as a walk in information).
 * @example differenceSequence({ sum: 50, weight: 5000, variance: 450 }, { smallest: 0.01 }) // 0.01, from −0.0056 to 0.0256
 */
export function differenceSequence(of: Gathered, options: DifferenceOptions): Outcome<Estimate> {
  const { sum, weight, variance } = of;
  if (!(weight > 0 && variance > 0)) return { reason: 'not_enough_data' };
  const value = sum / weight;
  const reach = boundsOf(of, options).at(variance) / weight;
  if (!Number.isFinite(value) || !Number.isFinite(reach)) return { reason: 'not_finite' };
  return { value, low: value - reach, high: value + reach };
}

/**
 * How many times the weight gathered so far is needed until the interval reaches no farther than `reach` to each side, when
 * as much scatters as until now; 1 when it does already.
 * @example weightNeeded({ sum: 0, weight: 5000, variance: 450 }, 0.01, { smallest: 0.01 }) // 1.59…
 */
export function weightNeeded(of: Gathered, reach: number, options: DifferenceOptions): number {
  const { weight, variance } = of;
  const { at, stairs } = boundsOf(of, options);
  // What a constant bound left out at its end stays so.
  const ends = stairs
    .filter(({ until, bound }) => until >= variance && (bound * variance) / (until * weight) <= reach)
    .map(({ until }) => until / variance);
  const narrow = (times: number) =>
    at(variance * times) / (weight * times) <= reach || ends.some((end) => end <= times);
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

/** How far a sum whose variance has grown so far may lie from what is expected of it. */
interface Bounds {
  readonly stairs: readonly { readonly until: number; readonly bound: number }[];
  at(variance: number): number;
}

function boundsOf(
  { weight, variance }: Pick<Gathered, 'weight' | 'variance'>,
  { smallest, alpha = 0.05 }: DifferenceOptions,
): Bounds {
  const scatter = variance / weight;
  const planned = (PLANNED * FIXED * scatter * scatter) / (smallest * smallest);
  const odds = -2 * Math.log(alpha * LASTING.part);
  const tuned = (LASTING.narrowest * planned) / (odds + Math.log(odds + 1));
  // A walk leaves ±c√V before its variance is V with at most four times the tail beyond c.
  const stairs = STAIRS.map(({ until, part }) => ({
    until: until * planned,
    bound: normalQuantile(1 - (alpha * part) / 4) * Math.sqrt(until * planned),
  }));
  return {
    stairs,
    at: (by) =>
      stairs.reduce(
        (least, { until, bound }) => (by <= until ? Math.min(least, bound) : least),
        Math.sqrt((by + tuned) * (Math.log((by + tuned) / tuned) + odds)),
      ),
  };
}
