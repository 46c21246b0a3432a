import { meanWithin } from '../intervals/interval-over.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { type LabelledRows, scoredRows } from './labelled-scores.ts';
import { type CalibrationPoint, curveError } from './probability-loss.ts';

/** Probabilities closer to 0 or 1 than this count as this, so that one sure mistake does not make the loss infinite. */
const SUREST = 2 ** -52;

/**
 * Mean log loss in nats of raw rows, in [0, 36.1]; scores are probabilities of the positive label, rows with one outside
 * [0, 1] are left out. 95 % interval of the mean; fewer than two rows are `not_enough_data`.
 * Source: scikit-learn `log_loss`, which clips at the same 2⁻⁵².
 * @example rowLogLoss({ label: [1, 0], score: [0.5, 0.5] }).value // 0.6931…
 */
export function rowLogLoss(rows: LabelledRows): Outcome<Estimate> {
  const surest = -Math.log(SUREST);
  return meanWithin(losses(rows, (p) => -Math.log(Math.max(SUREST, p))), [0, surest]); // biome-ignore format: one line
}

/** Brier score of raw rows, in [0, 1]; as `rowLogLoss`. Source: scikit-learn `brier_score_loss`. */
export function rowBrier(rows: LabelledRows): Outcome<Estimate> {
  return meanWithin(losses(rows, (p) => (1 - p) ** 2), [0, 1]); // biome-ignore format: one line
}

/** Expected calibration error of raw rows on equally wide bins, in [0, 1]; as `ece`, without a grid. */
export function rowEce(rows: LabelledRows, bins = 10): Outcome<Estimate> {
  return curveError(rowCalibrationCurve(rows, bins));
}

/** The calibration curve of raw rows on equally wide bins of probability; empty bins are left out. */
export function rowCalibrationCurve(rows: LabelledRows, bins = 10): CalibrationPoint[] {
  const held = Array.from({ length: bins }, () => ({ n: 0, positive: 0, predicted: 0 }));
  for (const { score, positive } of scoredRows(rows)) {
    if (!(score >= 0 && score <= 1)) continue;
    const bin = held[Math.min(bins - 1, Math.floor(score * bins))]!;
    bin.n++;
    bin.predicted += score;
    if (positive) bin.positive++;
  }
  return held
    .filter(({ n }) => n > 0)
    .map(({ n, positive, predicted }) => ({ predicted: predicted / n, observed: positive / n, n }));
}

/** loss(probability given to what happened) of each row. */
function losses(rows: LabelledRows, loss: (p: number) => number): number[] {
  return scoredRows(rows)
    .filter(({ score }) => score >= 0 && score <= 1)
    .map(({ score, positive }) => loss(positive ? score : 1 - score));
}
