import { studentReach } from '../distributions/student-t.ts';
import type { Estimate, Outcome } from '../outcome.ts';

/** Of the same labelled predictions, each a mean over all of them. */
export interface ErrorsAndLabels {
  readonly n: number;
  /** Squared error, and its variance. */
  readonly error: number;
  readonly errorVariance: number;
  /** Squared distance of the labels from their mean, and its variance. */
  readonly spread: number;
  readonly spreadVariance: number;
  /** Covariance of both. Null where it is not known: taken as none, for an interval that is too wide where large labels have large errors. */
  readonly covariance: number | null;
}

/**
 * Share of the labels' variance that is explained (R²), 1 − mean squared error / variance, in (−∞, 1]; 0 is as good as predicting the mean. The 95 % interval
 * is of the ratio (delta method, and what the mean label's own error adds), each end the farther one of that on the scale of R² and of that on the scale
 * of the logarithm of what is left: the quotient is skewed where labels or errors are. Labels without variance are `constant`, fewer than two
 * `not_enough_data`, sums that overflowed `not_finite`.
 * Source: scikit-learn `r2_score`; Rao 1973, Linear Statistical Inference, 6a.2 (delta method).
 * @example explained({ n: 3, error: 0.25, errorVariance: 0.03, spread: 1, spreadVariance: 0.5, covariance: 0 }).value // 0.75
 */
export function explained(sums: ErrorsAndLabels): Outcome<Estimate> {
  const { n, error, errorVariance, spread, spreadVariance, covariance } = sums;
  if (!(n >= 2)) return { reason: 'not_enough_data' };
  if (!(spread > 0)) return { reason: 'constant' };
  const left = error / spread;
  const influence = errorVariance - 2 * left * (covariance ?? 0) + left ** 2 * spreadVariance;
  // Where errors are distances from a fixed number, as of a constant prediction, the influences vanish, and the mean's error is what remains.
  const variance = Math.max(0, influence) / (spread ** 2 * (n - 1)) + 2 * (left / n) ** 2;
  const reach = studentReach(0.95, n - 1) * Math.sqrt(variance);
  if (!Number.isFinite(left) || !Number.isFinite(reach)) return { reason: 'not_finite' };
  return {
    value: 1 - left,
    low: 1 - (left > 0 ? left * Math.exp(reach / left) : 0),
    high: Math.min(1, 1 - left + reach),
  };
}
