import { meanWithin, sumsOf } from '../intervals/interval-over.ts';
import { sampleVariance } from '../intervals/mean.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import type { Metrics } from './binary-rows.ts';
import { type LabelledValues, perRow } from './labelled-values.ts';
import { medianAbsoluteError } from './median-absolute-error.ts';
import { mape, smape } from './percentage-error.ts';

/**
 * Every metric of a regression on raw rows: mae, mse, rmse, r2, bias, median_absolute_error, mape, smape, each with a 95 %
 * interval. Rows without a finite label and prediction are left out.
 * @example regressionMetrics({ label: [1, 2, 3], prediction: [1, 2, 4] }).mae // { value: 0.333…, … }
 */
export function regressionMetrics(rows: LabelledValues): Metrics {
  const mse = meanWithin(perRow(rows, (y, f) => (f - y) ** 2), [0, Infinity]); // biome-ignore format: one line
  return {
    mae: meanWithin(
      perRow(rows, (y, f) => Math.abs(f - y)),
      [0, Infinity],
    ),
    mse,
    rmse: 'value' in mse ? root(mse) : mse,
    r2: explained(mse, rows),
    bias: meanWithin(
      perRow(rows, (y, f) => f - y),
      [-Infinity, Infinity],
    ),
    median_absolute_error: medianAbsoluteError(rows),
    mape: mape(rows),
    smape: smape(rows),
  };
}

function root({ value, low, high }: Estimate): Estimate {
  return { value: Math.sqrt(value), low: Math.sqrt(low), high: Math.sqrt(high) };
}

/**
 * 1 − MSE / variance of the labels. Each label takes part in both, so the interval is of the mean of the rows' influences, e² − (1 − R²)(y − ȳ)²
 * (delta method of a ratio).
 */
function explained(mse: Outcome<Estimate>, rows: LabelledValues): Outcome<Estimate> {
  if (!('value' in mse)) return mse;
  // From the first label outwards, so that a large offset costs no digits.
  const labels = perRow(rows, (y) => y);
  const sums = sumsOf(labels.map((y) => y - labels[0]!));
  const variance = (sampleVariance(sums) * (sums.n - 1)) / sums.n;
  if (!(variance > 0)) return { reason: 'constant' };
  const left = mse.value / variance;
  const middle = labels[0]! + sums.sum / sums.n;
  const influence = meanWithin(perRow(rows, (y, f) => (f - y) ** 2 - left * (y - middle) ** 2), [-Infinity, Infinity]); // biome-ignore format: one line
  if (!('value' in influence)) return influence;
  const { low, high } = influence;
  return {
    value: 1 - left,
    low: Math.min(1 - left, 1 - left - high / variance),
    high: Math.min(1, Math.max(1 - left, 1 - left - low / variance)),
  };
}
