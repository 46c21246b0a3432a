import { Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import { proportion } from '../intervals/proportion.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { type BinaryCounts, noRatio } from './confusion.ts';

/**
 * Share of right predictions, in [0, 1], Wilson 95 % interval. Nothing counted is `not_enough_data`.
 * @example accuracy({ tp: 8, fp: 1, fn: 1, tn: 10 }).value // 0.9
 */
export function accuracy({ tp, fp, fn, tn }: BinaryCounts): Outcome<Estimate> {
  return proportion(tp + tn, tp + fp + fn + tn);
}

/** Share of predicted positives that are positive, in [0, 1], Wilson interval; `undefined_ratio` without predicted positives. */
export function precision({ tp, fp, fn, tn }: BinaryCounts): Outcome<Estimate> {
  return tp + fp > 0 ? proportion(tp, tp + fp) : noRatio(fn + tn);
}

/** Share of positives that were predicted so (true positive rate), in [0, 1], Wilson interval; `undefined_ratio` without positives. */
export function recall({ tp, fp, fn, tn }: BinaryCounts): Outcome<Estimate> {
  return tp + fn > 0 ? proportion(tp, tp + fn) : noRatio(fp + tn);
}

/** Share of negatives that were predicted so (true negative rate); `undefined_ratio` without negatives. */
export function specificity({ tp, fp, fn, tn }: BinaryCounts): Outcome<Estimate> {
  return tn + fp > 0 ? proportion(tn, tn + fp) : noRatio(tp + fn);
}

/**
 * F1 = 2 tp / (2 tp + fp + fn), in [0, 1]. Interval: F1 = 2J / (1 + J) is monotone in the share J = tp / (tp + fp + fn),
 * whose Wilson interval is transformed. `undefined_ratio` when there is no positive, predicted or actual.
 */
export function f1({ tp, fp, fn, tn }: BinaryCounts): Outcome<Estimate> {
  const share = proportion(tp, tp + fp + fn);
  if (!('value' in share)) return noRatio(tn);
  const transform = (j: number): number => (2 * j) / (1 + j);
  return { value: transform(share.value), low: transform(share.low), high: transform(share.high) };
}

/**
 * Mean of the true positive and true negative rates, in [0, 1]; interval from their Wilson intervals (MOVER).
 * `undefined_ratio` when a class is absent. Source of the interval: Donner and Zou 2012.
 */
export function balancedAccuracy(counts: BinaryCounts): Outcome<Estimate> {
  const sensitive = recall(counts);
  const specific = specificity(counts);
  if (!('value' in sensitive)) return sensitive;
  if (!('value' in specific)) return specific;
  const value = (sensitive.value + specific.value) / 2;
  return {
    value,
    low: value - Math.hypot(sensitive.value - sensitive.low, specific.value - specific.low) / 2,
    high: value + Math.hypot(sensitive.high - sensitive.value, specific.high - specific.value) / 2,
  };
}

/**
 * Matthews correlation coefficient, in [−1, 1]; 95 % interval by the delta method on Fisher's z scale.
 * `undefined_ratio` when a row or a column of the table is empty.
 * Source: Matthews 1975; Itaya et al. 2024 for the transformed interval.
 */
export function mcc(counts: BinaryCounts): Outcome<Estimate> {
  const cells = [counts.tp, counts.fp, counts.fn, counts.tn] as const;
  const n = cells[0] + cells[1] + cells[2] + cells[3];
  const value = coefficient(cells);
  if (value === null) return noRatio(n);
  // Gradient by central differences, half a count wide: the function is smooth in the counts.
  const gradient = cells.map((_, i) => {
    const moved = (by: number): number =>
      coefficient(cells.map((c, j) => (i === j ? Math.max(0, c + by) : c))) ?? value;
    const step = Math.min(0.5, cells[i]! / 2);
    return step > 0 ? (moved(step) - moved(-step)) / (2 * step) : 0;
  });
  const variance = cells.reduce((sum, c, i) => sum + c * gradient[i]! ** 2, 0);
  const bounded = Math.max(-1 + 1e-12, Math.min(1 - 1e-12, value));
  const reach = (Z_TWO_SIDED_95 * Math.sqrt(Math.max(variance, 0))) / (1 - bounded * bounded);
  const z = Math.atanh(bounded);
  if (Math.abs(value) > 1 - 1e-9) return perfect(value, n);
  return { value, low: Math.min(value, Math.tanh(z - reach)), high: Math.max(value, Math.tanh(z + reach)) };
}

/** A perfect table has no variance to measure: the bound is that of an accuracy of 1 in n. */
function perfect(value: number, n: number): Estimate {
  const share = proportion(n, n);
  const bound = 'value' in share ? 2 * share.low - 1 : 0;
  return value > 0 ? { value: 1, low: bound, high: 1 } : { value: -1, low: -1, high: -bound };
}

function coefficient(cells: readonly number[]): number | null {
  const [tp, fp, fn, tn] = cells as [number, number, number, number];
  const square = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn);
  return square > 0 ? (tp * tn - fp * fn) / Math.sqrt(square) : null;
}
