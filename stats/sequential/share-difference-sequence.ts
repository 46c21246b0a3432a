import type { Estimate, Outcome } from '../outcome.ts';

/** A difference of shares that may be looked at any time: interval and always-valid p-value at this look. */
export interface DifferenceSequence extends Estimate {
  /** At most α at any time in at most α of all runs without a difference. Keep the least seen so far. */
  readonly p: number;
}

/**
 * Current − reference share with a confidence sequence: the mixture sequential probability ratio test of canaries and A/B
 * tests, so that stopping at the first significant look is no error. Asymptotic in each side's counts.
 * Fewer than ten observations on a side are `not_enough_data`.
 * Source: Johari, Koomen, Pekelis and Walsh 2017, Peeking at A/B tests.
 * @param typical Standard deviation of the differences one expects; the interval is narrowest for such. Default 0.05.
 * @example shareDifferenceSequence(50, 1000, 90, 1000).value // 0.04
 */
export function shareDifferenceSequence(
  referenceCount: number,
  referenceTotal: number,
  currentCount: number,
  currentTotal: number,
  { alpha = 0.05, typical = 0.05 }: { readonly alpha?: number; readonly typical?: number } = {},
): Outcome<DifferenceSequence> {
  if (!(referenceTotal >= 10) || !(currentTotal >= 10)) return { reason: 'not_enough_data' };
  const value = currentCount / currentTotal - referenceCount / referenceTotal;
  const v = variance(referenceCount, referenceTotal) + variance(currentCount, currentTotal);
  const mixture = typical * typical;
  const reach = Math.sqrt(
    ((v * (v + mixture)) / mixture) * (Math.log((v + mixture) / v) - 2 * Math.log(alpha)),
  );
  const logRatio = 0.5 * Math.log(v / (v + mixture)) + (mixture * value * value) / (2 * v * (v + mixture));
  return {
    value,
    low: Math.max(-1, value - reach),
    high: Math.min(1, value + reach),
    p: Math.exp(Math.min(0, -logRatio)),
  };
}

/** Variance of a share; one observation of each kind is added, so that a side of zeros is not taken as certain. */
function variance(count: number, total: number): number {
  const share = (count + 1) / (total + 2);
  return (share * (1 - share)) / total;
}
