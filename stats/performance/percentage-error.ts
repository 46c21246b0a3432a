import { meanWithin } from '../intervals/interval-over.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { type LabelledValues, perRow } from './labelled-values.ts';

/**
 * Mean absolute percentage error |prediction − label| / |label| as a share (0.1 = 10 %), ≥ 0; 95 % interval of the mean.
 * Rows with a label of 0 have no such error and are left out; when only they are there: `undefined_ratio`. Fewer than two
 * rows are `not_enough_data`.
 * Source: scikit-learn `mean_absolute_percentage_error` (which divides by 2e-16 where the label is 0).
 * @example mape({ label: [10, 20], prediction: [11, 18] }).value // 0.1
 */
export function mape(rows: LabelledValues): Outcome<Estimate> {
  const shares = perRow(rows, (y, f) => (y === 0 ? Number.NaN : Math.abs(f - y) / Math.abs(y)));
  const known = shares.filter((share) => !Number.isNaN(share));
  if (shares.length >= 2 && known.length === 0) return { reason: 'undefined_ratio' };
  // A label so near 0 that the share overflows is told, not dropped.
  if (!known.every(Number.isFinite)) return { reason: 'not_finite' };
  return meanWithin(known, [0, Infinity]);
}

/**
 * Symmetric mean absolute percentage error 2 |prediction − label| / (|prediction| + |label|), in [0, 2]; where both are 0 the
 * error is 0. 95 % interval of the mean; fewer than two rows are `not_enough_data`.
 * Source: Makridakis 1993; M4 competition (which multiplies by 100).
 * @example smape({ label: [10, 0], prediction: [10, 5] }).value // 1
 */
export function smape(rows: LabelledValues): Outcome<Estimate> {
  // Halved first, so that the sum of two huge numbers does not overflow.
  const error = (y: number, f: number): number =>
    y === f ? 0 : Math.abs(f / 2 - y / 2) / (Math.abs(f / 4) + Math.abs(y / 4));
  return meanWithin(
    perRow(rows, (y, f) => Math.min(2, error(y, f))),
    [0, 2],
  );
}
