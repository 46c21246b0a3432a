import type { Grid } from '../asinh-grid.ts';
import { Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import { mean } from '../intervals/mean.ts';
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
  return meanLoss(scores, grid, (p) => -Math.log(Math.max(SUREST, p)));
}

/** Brier score, the mean squared error of the probability, in [0, 1]; as `logLoss`. Source: scikit-learn `brier_score_loss`. */
export function brier(scores: LabelledScores, grid: Grid): Outcome<Estimate> {
  return meanLoss(scores, grid, (p) => (1 - p) ** 2);
}

/** Mean of loss(probability given to what happened). */
function meanLoss(scores: LabelledScores, grid: Grid, loss: (p: number) => number): Outcome<Estimate> {
  const sums = { n: 0, sum: 0, sum2: 0 };
  for (const cell of scoreCells(scores)) {
    const p = cellProbability(cell.index, grid);
    for (const [count, value] of [
      [cell.positive, loss(p)],
      [cell.negative, loss(1 - p)],
    ] as const) {
      sums.n += count;
      sums.sum += count * value;
      sums.sum2 += count * value * value;
    }
  }
  const result = mean(sums);
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
 * 95 % interval from the binomial variance of each bin. Without predictions `not_enough_data`.
 * Source: Naeini, Cooper and Hauskrecht 2015.
 */
export function ece(scores: LabelledScores, grid: Grid, bins = 10): Outcome<Estimate> {
  return curveError(calibrationCurve(scores, grid, bins));
}

/** The expected calibration error of a calibration curve, as `ece`. */
export function curveError(curve: readonly CalibrationPoint[]): Outcome<Estimate> {
  const n = curve.reduce((sum, point) => sum + point.n, 0);
  if (n === 0) return { reason: 'not_enough_data' };
  let value = 0;
  let variance = 0;
  for (const point of curve) {
    const weight = point.n / n;
    // Half a count either way, so that a bin without mistakes is not taken as certain.
    const share = (point.observed * point.n + 0.5) / (point.n + 1);
    value += weight * Math.abs(point.observed - point.predicted);
    variance += (weight * weight * share * (1 - share)) / point.n;
  }
  const reach = Z_TWO_SIDED_95 * Math.sqrt(variance);
  return { value, low: Math.max(0, value - reach), high: Math.min(1, value + reach) };
}
