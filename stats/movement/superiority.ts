import type { Estimate, Outcome } from '../outcome.ts';
import { rocAuc } from '../performance/roc-auc.ts';
import { mergedSamples, type Sample } from '../sample.ts';

/**
 * The probability that a current value exceeds a reference value, ties half, in [0, 1], with DeLong's 95 % interval on the logit
 * scale: 0.5 = neither is the greater; 0.53 is a shift of about a tenth of a standard deviation. An empty side is `not_enough_data`.
 * Source: DeLong, DeLong and Clarke-Pearson 1988; the value is that of `mannWhitneyTest`.
 * @example superiority(sampleOf([1, 2]), sampleOf([2, 3])).value // 0.875
 */
export function superiority(reference: Sample, current: Sample): Outcome<Estimate> {
  if (reference.n === 0 || current.n === 0) return { reason: 'not_enough_data' };
  const merged = mergedSamples(reference, current);
  const ranked = (counts: Float64Array) => new Map([...counts.entries()].filter(([, count]) => count > 0));
  return rocAuc({ positive: ranked(merged.current), negative: ranked(merged.reference) });
}
