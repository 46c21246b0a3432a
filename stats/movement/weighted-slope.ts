import { studentReach } from '../distributions/student-t.ts';
import type { Estimate, Outcome } from '../outcome.ts';

/** A value at a time, and its standard error. */
export interface WeightedPoint {
  readonly time: number;
  readonly value: number;
  readonly error: number;
}

/**
 * By how much values change with one unit of time: least squares weighted by 1/error². The interval is Student's with n − 2 degrees of
 * freedom, and no narrower than scatter about the line says: values that vary by more than their errors make it wider, never those that
 * vary by less. Fewer than four points, or all at one time, are `not_enough_data`.
 * Source: Birge 1932, The calculation of errors by the method of least squares.
 * @example weightedSlope([0, 1, 2, 3].map((time) => ({ time, value: 2 * time, error: 1 })), 0.95).value // 2
 */
export function weightedSlope(points: readonly WeightedPoint[], confidence: number): Outcome<Estimate> {
  if (points.length < 4) return { reason: 'not_enough_data' };
  const weights = points.map(({ error }) => 1 / Math.max(error, 1e-12) ** 2);
  const total = sum(weights);
  const mean = (of: (point: WeightedPoint) => number) =>
    sum(points.map((point, i) => weights[i]! * of(point))) / total;
  const [time, value] = [mean((point) => point.time), mean((point) => point.value)];
  const spread = sum(points.map((point, i) => weights[i]! * (point.time - time) ** 2));
  if (!(spread > 0)) return { reason: 'not_enough_data' };
  const slope =
    sum(points.map((point, i) => weights[i]! * (point.time - time) * (point.value - value))) / spread;
  const scatter = sum(
    points.map((point, i) => weights[i]! * (point.value - value - slope * (point.time - time)) ** 2),
  );
  const freedom = points.length - 2;
  const reach = studentReach(confidence, freedom) * Math.sqrt(Math.max(1, scatter / freedom) / spread);
  return { value: slope, low: slope - reach, high: slope + reach };
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
