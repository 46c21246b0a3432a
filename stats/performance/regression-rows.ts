import { meanWithin, sumsOf } from '../intervals/interval-over.ts';
import { sampleVariance } from '../intervals/mean.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import type { Metrics } from './binary-rows.ts';
import { explained } from './explained.ts';
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
    r2: explainedOf(rows),
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

function explainedOf(rows: LabelledValues): Outcome<Estimate> {
  const errors = perRow(rows, (y, f) => (f - y) ** 2);
  const labels = perRow(rows, (y) => y);
  // From the first label outwards, so that a large offset costs no digits.
  const sums = sumsOf(labels.map((y) => y - labels[0]!));
  const middle = labels[0]! + sums.sum / sums.n;
  const [error, spread] = [mean(errors), sums.n >= 2 && sampleVariance(sums) > 0 ? mean(labels.map((y) => (y - middle) ** 2)) : 0]; // biome-ignore format: one line
  const away = perRow(rows, (y) => (y - middle) ** 2 - spread);
  return explained({
    ...{ n: errors.length, error, spread },
    errorVariance: mean(errors.map((e) => (e - error) ** 2)),
    spreadVariance: mean(away.map((v) => v * v)),
    covariance: mean(errors.map((e, i) => (e - error) * away[i]!)),
  });
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
