import { type Sums, sampleVariance } from '../intervals/mean.ts';
import type { Estimate, Outcome } from '../outcome.ts';

export interface SequenceOptions {
  /** Probability of ever being wrong. Default 0.05. */
  readonly alpha?: number;
  /** The number of observations at which the interval is narrowest. Default 1,000. */
  readonly planned?: number;
  /**
   * Known bound of the standard deviation (0.5 for values in [0, 1]): the sequence is then valid at every n. Without it the
   * observed deviation is used and the guarantee is asymptotic.
   */
  readonly deviation?: number;
}

/**
 * Confidence sequence of a mean: an interval that holds the mean at all times at once with probability 1 − α, so that one
 * may look after every observation and stop when one likes. Robbins' normal mixture.
 * Fewer than two observations are `not_enough_data`; sums that overflowed `not_finite`.
 * Source: Robbins 1970; Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2021 (asymptotic confidence sequences).
 * @example meanSequence({ n: 1000, sum: 500, sum2: 500 }, { deviation: 0.5 }) // { value: 0.5, low: 0.45…, high: 0.54… }
 */
export function meanSequence(sums: Sums, options: SequenceOptions = {}): Outcome<Estimate> {
  const { n, sum } = sums;
  if (!(n >= 2)) return { reason: 'not_enough_data' };
  const { alpha = 0.05, planned = 1000 } = options;
  const deviation = options.deviation ?? Math.sqrt(sampleVariance(sums));
  const value = sum / n;
  if (!Number.isFinite(value) || !Number.isFinite(deviation)) return { reason: 'not_finite' };
  const odds = -2 * Math.log(alpha);
  const rate = ((odds + Math.log(odds + 1)) / planned) * n;
  const reach = deviation * Math.sqrt(((rate + 1) / (n * rate)) * 2 * Math.log(Math.sqrt(rate + 1) / alpha));
  return { value, low: value - reach, high: value + reach };
}
