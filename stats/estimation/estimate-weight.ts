import { Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import { studentReach } from '../distributions/student-t.ts';
import { type CellEstimate, type Checked, excessVariance } from './cell-estimate.ts';

/** An estimate without labels, what labels then showed, and the reference's own value, which could have been told instead. */
export interface ToldEstimate extends Checked {
  readonly own: number;
}

/** Fewer estimates against their labels tell nothing of what the next one is worth. */
const FEWEST = 3;
/** Of both sides together: the upper end is that of a one-sided 95 % interval. */
const CONFIDENCE = 0.9;

/**
 * How far to go from the reference's own value towards an estimate without labels, from 0 to 1. Where scores mean what they meant, labels
 * lie as far from the own value as estimates say: the slope of the one on the other is 1. What labels say against that is taken at
 * the upper end of the slope's one-sided 95 % interval (least squares through 0), and shrunk towards 1 by how much of the
 * squared errors is more than the estimates' own variances explain (empirical Bayes): errors that chance explains contradict nothing.
 * 1 of fewer than three.
 * Source: regression calibration, Carroll et al. 2006, Measurement Error in Nonlinear Models, chapter 4; Student's interval of a slope;
 * Efron and Morris 1973, Stein's estimation rule and its competitors.
 * @example estimateWeight([0.9, 0.7, 0.6, 1].map((value) => ({ estimate: { value, low: 0, high: 1, variance: 0 }, own: 0.8, truth: 0.8 }))) // 0
 */
export function estimateWeight(told: readonly ToldEstimate[]): number {
  if (told.length < FEWEST) return 1;
  const pairs = told.map(({ estimate, own, truth }) => [estimate.value - own, truth - own] as const);
  const squares = pairs.reduce((sum, [said]) => sum + said ** 2, 0);
  const wrong = pairs.reduce((sum, [said, shown]) => sum + (shown - said) ** 2, 0) / pairs.length;
  if (squares === 0 || wrong === 0) return 1;
  const slope = pairs.reduce((sum, [said, shown]) => sum + said * shown, 0) / squares;
  const df = pairs.length - 1;
  const rest = pairs.reduce((sum, [said, shown]) => sum + (shown - slope * said) ** 2, 0) / df;
  const high = slope + studentReach(CONFIDENCE, df) * Math.sqrt(rest / squares);
  const beyondChance = excessVariance(told) / wrong;
  return 1 - beyondChance * (1 - Math.max(0, Math.min(1, high)));
}

/** An estimate with how much of the way from the reference's own value to what scores promise it goes. */
export interface WeighedEstimate extends CellEstimate {
  readonly weight: number;
}

/**
 * An estimate without labels as it is told: from the reference's own value as far towards it as earlier estimates have been worth
 * (`estimateWeight`). The 95 % interval is as wide as before, and wider by what earlier ones, weighed alike, were wrong by beyond it (`excessVariance`).
 * @example weighedEstimate({ value: 0.9, low: 0.88, high: 0.92, variance: 0.0001 }, 0.8, []).value // 0.9
 */
export function weighedEstimate(
  found: CellEstimate,
  own: number,
  past: readonly ToldEstimate[],
): WeighedEstimate {
  const weight = estimateWeight(past);
  const from = (start: number, end: number) => (weight === 1 ? end : start + weight * (end - start));
  const weighed = past.map(({ estimate, own: before, truth }) => ({
    estimate: { ...estimate, value: from(before, estimate.value) },
    truth,
  }));
  const value = from(own, found.value);
  const variance = found.variance + excessVariance(weighed);
  const reach = Z_TWO_SIDED_95 * Math.sqrt(variance);
  return { value, low: Math.max(0, value - reach), high: Math.min(1, value + reach), variance, weight };
}
