import { quantileRanks } from '../intervals/quantile-interval.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { type LabelledValues, perRow } from './labelled-values.ts';

/**
 * Median of |prediction − label|, in the target's unit, ≥ 0: what a typical prediction is off by, whatever the few worst do.
 * Distribution-free 95 % interval from order statistics; fewer than six rows are `not_enough_data`.
 * Source: scikit-learn `median_absolute_error`; Conover 1999, section 3.2.
 * @example medianAbsoluteError(rows) // { value: 3.1, low: 2.8, high: 3.5 }
 */
export function medianAbsoluteError(rows: LabelledValues): Outcome<Estimate> {
  const errors = Float64Array.from(perRow(rows, (y, f) => Math.abs(f - y))).sort();
  const n = errors.length;
  const ranks = quantileRanks(n, 0.5);
  if (n === 0 || ranks === null) return { reason: 'not_enough_data' };
  const value = errors[(n - 1) >> 1]! / 2 + errors[n >> 1]! / 2;
  if (!Number.isFinite(errors[ranks.high - 1]!)) return { reason: 'not_finite' };
  return { value, low: errors[ranks.low - 1]!, high: errors[ranks.high - 1]! };
}
