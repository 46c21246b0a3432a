import { type Grid, type GridCounts, gridEdge } from '../asinh-grid.ts';
import { mean, type Sums, sampleVariance } from '../intervals/mean.ts';
import { type CubedSums, skewedMeanOf } from '../intervals/skewed-mean.ts';
import type { Estimate, Outcome } from '../outcome.ts';

/** Mean absolute error, in the target's unit, ≥ 0, from the sums of |prediction − label|; 95 % interval of the mean. */
export function mae(absoluteResiduals: Sums): Outcome<Estimate> {
  return notNegative(mean(absoluteResiduals));
}

/** Mean error prediction − label, in the target's unit: above 0 the model predicts too much; 95 % interval of the mean. */
export function bias(residuals: Sums): Outcome<Estimate> {
  return mean(residuals);
}

/** Residuals with their grid, from which the spread of the squared errors is taken. */
export interface Residuals extends Sums {
  readonly counts: GridCounts;
  readonly grid: Grid;
}

/**
 * Sums of the squared residuals, which add up over buckets: `sum` is exact, `sum2` and `sum3` take the shape of the squares from the
 * residuals' grid. `skewedMeanOf(squaresOf(residuals))` is the mean squared error.
 */
export function squaresOf({ n, sum2, counts, grid }: Omit<Residuals, 'sum'>): CubedSums {
  let [second, fourth, sixth] = [0, 0, 0];
  for (const [index, count] of counts) {
    const low = gridEdge(index, grid);
    const high = gridEdge(index + 1, grid);
    const square = (low * low + low * high + high * high) / 3;
    second += count * square;
    fourth += count * square * square;
    sixth += count * square ** 3;
  }
  // The grid's squares are rescaled to the exact sum, so that only their shape matters.
  const ratio = second > 0 ? sum2 / second : 0;
  return { n, sum: sum2, sum2: fourth * ratio ** 2, sum3: sixth * ratio ** 3 };
}

/**
 * Mean squared error, in the target's unit squared, ≥ 0: exact from the sum of squares; the 95 % interval uses the
 * residuals' grid for the spread of the squares. Fewer than two residuals are `not_enough_data`.
 */
export function mse(residuals: Residuals): Outcome<Estimate> {
  return meanOfSquares(squaresOf(residuals));
}

/** The mean of squares from their sums, ≥ 0, as `mse`. */
export function meanOfSquares(squares: CubedSums): Outcome<Estimate> {
  return notNegative(skewedMeanOf(squares));
}

/**
 * Mean of errors as shares of the labels (MAPE), ≥ 0, from two moments: as skewed as a gamma distribution of their mean and variance
 * is, for a third moment is not kept. Fewer than two shares are `not_enough_data`.
 * @example mapeOf({ n: 2, sum: 0.2, sum2: 0.02 }).value // 0.1
 */
export function mapeOf(shares: Sums): Outcome<Estimate> {
  const { n, sum, sum2 } = shares;
  if (!(n >= 2 && sum > 0)) return notNegative(mean(shares));
  const average = sum / n;
  const scatter = Math.max(0, sum2 / n - average ** 2);
  const third = (2 * scatter ** 2) / average;
  return notNegative(skewedMeanOf({ ...shares, sum3: n * (third + 3 * average * (sum2 / n) - 2 * average ** 3) })); // biome-ignore format: one line
}

/** Root mean squared error, in the target's unit, ≥ 0; interval: the root of that of the mean squared error. */
export function rmse(residuals: Residuals): Outcome<Estimate> {
  return rootOf(mse(residuals));
}

/** The root of a mean of squares and of its interval. */
export function rootOf(square: Outcome<Estimate>): Outcome<Estimate> {
  if (!('value' in square)) return square;
  return { value: Math.sqrt(square.value), low: Math.sqrt(square.low), high: Math.sqrt(square.high) };
}

/**
 * Share of the labels' variance that is explained, 1 − MSE / variance, in (−∞, 1]; 0 is as good as predicting the mean.
 * The interval is that of the mean squared error, the labels' variance taken as known. Labels without variance are
 * `constant`. Residuals and labels must be of the same predictions.
 * Source: scikit-learn `r2_score`.
 */
export function r2(residuals: Residuals, labels: Sums): Outcome<Estimate> {
  return explained(mse(residuals), labels);
}

/** 1 − a mean squared error / the labels' variance, as `r2`. */
export function explained(square: Outcome<Estimate>, labels: Sums): Outcome<Estimate> {
  if (!('value' in square)) return square;
  if (!(labels.n >= 2)) return { reason: 'not_enough_data' };
  const variance = (sampleVariance(labels) * (labels.n - 1)) / labels.n;
  if (!(variance > 0)) return { reason: 'constant' };
  return {
    value: 1 - square.value / variance,
    low: 1 - square.high / variance,
    high: 1 - square.low / variance,
  };
}

function notNegative(outcome: Outcome<Estimate>): Outcome<Estimate> {
  return 'value' in outcome ? { ...outcome, low: Math.max(0, outcome.low) } : outcome;
}
