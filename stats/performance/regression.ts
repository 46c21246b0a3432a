import { type Grid, type GridCounts, gridEdge } from '../asinh-grid.ts';
import { mean, type Sums, sampleVariance } from '../intervals/mean.ts';
import { type CubedSums, skewedMeanOf } from '../intervals/skewed-mean.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { explained } from './explained.ts';

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
 * Additive sums of labels for the fourth power of their distance from their mean, from their grid: rows, and the first to fourth powers of
 * the distance from the grid's centre in units of its scale.
 */
export function powersOf(labels: GridCounts, grid: Grid): [n: number, ...powers: number[]] {
  const sums: [number, ...number[]] = [0, 0, 0, 0, 0];
  for (const [index, count] of labels) {
    const middle = (gridEdge(index, grid) + gridEdge(index + 1, grid)) / 2;
    const z = (middle - grid.center) / grid.scale;
    for (let power = 0; power <= 4; power++) sums[power]! += count * z ** power;
  }
  return sums;
}

/** What labels add up to: their exact sums, and the powers that tell their shape. */
export interface Labels extends Sums {
  readonly powers: readonly number[];
}

/** Sums over the predictions with both, of label × residual² and of label² × residual². */
export interface Together {
  readonly n: number;
  readonly byLabel: number;
  readonly byLabelSquared: number;
}

/**
 * Share of the labels' variance that is explained, as `explained`, from sums that add up over buckets. Residuals and labels must be of the
 * same predictions; where those that both are told of together are fewer, how both go together is not known.
 * @param squares of the residuals, as `squaresOf`
 */
export function r2(squares: CubedSums, labels: Labels, together: Together): Outcome<Estimate> {
  const { n } = squares;
  if (!(n >= 2 && labels.n >= 2)) return { reason: 'not_enough_data' };
  const spread = (sampleVariance(labels) * (labels.n - 1)) / labels.n;
  const [error, middle] = [squares.sum / n, labels.sum / labels.n];
  const both = (together.byLabelSquared - 2 * middle * together.byLabel + middle ** 2 * squares.sum) / n;
  return explained({
    ...{ n, error, spread },
    errorVariance: squares.sum2 / n - error ** 2,
    spreadVariance: spread ** 2 * (kurtosis(labels.powers) - 1),
    covariance: together.n === n ? both - error * spread : null,
  });
}

/** Mean fourth power of the distance from the mean, over the square of the variance; 1 where there is none. */
function kurtosis([n = 0, first = 0, second = 0, third = 0, fourth = 0]: readonly number[]): number {
  const m = first / n;
  const variance = second / n - m ** 2;
  const power = fourth / n - 4 * m * (third / n) + 6 * m ** 2 * (second / n) - 3 * m ** 4;
  return variance > 0 ? Math.max(1, power / variance ** 2) : 1;
}

function notNegative(outcome: Outcome<Estimate>): Outcome<Estimate> {
  return 'value' in outcome ? { ...outcome, low: Math.max(0, outcome.low) } : outcome;
}
