import type { Grid } from '../asinh-grid.ts';
import { normalCdf, Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import { crossing } from '../intervals/crossing.ts';
import { skewedMeanOf } from '../intervals/skewed-mean.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { cellProbability, type LabelledScores, scoreCells } from './score-cells.ts';

/** Probabilities closer to 0 or 1 than this count as this, so that one sure mistake does not make the loss infinite. */
const SUREST = 1e-15;

/**
 * Mean log loss in nats, in [0, 34.5]; 0 is perfect. Scores must be probabilities of the positive label; each is taken as
 * its grid cell's middle. 95 % interval of the mean. Fewer than two predictions are `not_enough_data`.
 * Source: scikit-learn `log_loss`.
 */
export function logLoss(scores: LabelledScores, grid: Grid): Outcome<Estimate> {
  return meanLoss(scores, grid, logarithmicLoss);
}

/** Loss in nats of the probability that was given to what happened, in [0, 34.5]. `logarithmicLoss(1)` → 0 */
export function logarithmicLoss(p: number): number {
  return -Math.log(Math.max(SUREST, p));
}

/** Brier score, the mean squared error of the probability, in [0, 1]; as `logLoss`. Source: scikit-learn `brier_score_loss`. */
export function brier(scores: LabelledScores, grid: Grid): Outcome<Estimate> {
  return meanLoss(scores, grid, brierLoss);
}

/** Squared error of the probability that was given to what happened, in [0, 1]. `brierLoss(0.9)` → 0.01 */
export function brierLoss(p: number): number {
  return (1 - p) ** 2;
}

/** Mean of loss(probability given to what happened). */
function meanLoss(scores: LabelledScores, grid: Grid, loss: (p: number) => number): Outcome<Estimate> {
  const sums = { n: 0, sum: 0, sum2: 0, sum3: 0 };
  for (const cell of scoreCells(scores)) {
    const p = cellProbability(cell.index, grid);
    for (const [count, value] of [
      [cell.positive, loss(p)],
      [cell.negative, loss(1 - p)],
    ] as const) {
      sums.n += count;
      sums.sum += count * value;
      sums.sum2 += count * value * value;
      sums.sum3 += count * value ** 3;
    }
  }
  const result = skewedMeanOf(sums);
  return 'value' in result ? { ...result, low: Math.max(0, result.low) } : result;
}

/** One point of a calibration curve: predicted against observed share of positives, and how many predictions. */
export interface CalibrationPoint {
  readonly predicted: number;
  readonly observed: number;
  readonly n: number;
}

/** The calibration curve on equally wide bins of probability; empty bins are left out. */
export function calibrationCurve(scores: LabelledScores, grid: Grid, bins = 10): CalibrationPoint[] {
  const held = Array.from({ length: bins }, () => ({ n: 0, positive: 0, predicted: 0 }));
  for (const cell of scoreCells(scores)) {
    const p = cellProbability(cell.index, grid);
    const bin = held[Math.min(bins - 1, Math.floor(p * bins))]!;
    const n = cell.positive + cell.negative;
    bin.n += n;
    bin.positive += cell.positive;
    bin.predicted += n * p;
  }
  return held
    .filter((bin) => bin.n > 0)
    .map((bin) => ({ predicted: bin.predicted / bin.n, observed: bin.positive / bin.n, n: bin.n }));
}

/**
 * Expected calibration error: mean |observed − predicted| over ten equally wide bins, weighted by size, in [0, 1].
 * 95 % interval of the error of the true shares (see `curveError`). Without predictions `not_enough_data`.
 * Source: Naeini, Cooper and Hauskrecht 2015.
 */
export function ece(scores: LabelledScores, grid: Grid, bins = 10): Outcome<Estimate> {
  return curveError(calibrationCurve(scores, grid, bins));
}

/**
 * The expected calibration error of a calibration curve, as `ece`. Chance alone makes it larger than it is, so the interval
 * is of the errors of the true shares that leave the value within reach: those of the observed shape at any size, down to
 * none (test inversion; the absolute value of a normal number has Leone's mean and variance).
 */
export function curveError(curve: readonly CalibrationPoint[]): Outcome<Estimate> {
  const n = curve.reduce((sum, point) => sum + point.n, 0);
  if (n === 0) return { reason: 'not_enough_data' };
  const bins = curve.map(({ observed, predicted, n: held }) => {
    const gap = Math.abs(observed - predicted);
    // A gap of nothing has a shape too, or no size of it would be anything.
    const shape = Math.max(gap, LEAST_SHAPE * deviationOf(predicted, held));
    return { held, predicted, weight: held / n, gap, shape, side: observed < predicted ? -1 : 1 };
  });
  const value = bins.reduce((sum, { weight, gap }) => sum + weight * gap, 0);
  /**
   * How far the value lies above what errors of this size let expect, in its standard deviations. A gap that luck made small is supposed
   * too small at any size, and so is its scatter where it folds: for the upper end it does not.
   */
  const above = (size: number, folds = true): number => {
    let mean = 0;
    let variance = 0;
    for (const { held, predicted, weight, shape, side } of bins) {
      // The scatter is that of the shares that are supposed: where luck showed one class alone that of the observed ones is too small.
      const share = Math.max(0, Math.min(1, predicted + side * size * shape));
      const deviation = deviationOf(share, held);
      const folded = foldedNormal(size * shape, deviation);
      mean += weight * folded.mean;
      variance += weight * weight * (folds ? folded.variance : deviation * deviation);
    }
    return (value - mean) / Math.sqrt(variance);
  };
  const whole = bins.reduce((sum, { weight, shape }) => sum + weight * shape, 0);
  const low = whole * sizeAt(above, Z_TWO_SIDED_95);
  const high = whole * sizeAt((size) => above(size, false), -Z_TWO_SIDED_95);
  return { value, low: Math.min(value, low), high: Math.min(1, Math.max(value, high)) };
}

const LEAST_SHAPE = 0.1;
const LARGEST = 2 ** 20;

/** The size at which a falling function passes a limit; 0 where it is below from the start. */
function sizeAt(falling: (size: number) => number, limit: number): number {
  const above = (size: number) => falling(size) - limit;
  const least = above(0);
  if (!(least > 0)) return 0;
  let high = 1;
  while (high < LARGEST && above(high) > 0) high *= 2;
  return crossing(above, high === 1 ? 0 : high / 2, high);
}

/** Of a share of so many rows; half a count either way, so that none is certain. */
function deviationOf(share: number, n: number): number {
  const likely = (share * n + 0.5) / (n + 1);
  return Math.sqrt((likely * (1 - likely)) / n);
}

/** Mean and variance of |x| for normal x. Source: Leone, Nelson and Nottingham 1961. */
function foldedNormal(center: number, deviation: number): { mean: number; variance: number } {
  const z = center / deviation;
  const density = Math.exp(-(z * z) / 2) * Math.sqrt(2 / Math.PI);
  const mean = deviation * density + center * (2 * normalCdf(z) - 1);
  return { mean, variance: Math.max(1e-300, center * center + deviation * deviation - mean * mean) };
}
