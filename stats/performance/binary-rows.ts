import type { Estimate, Outcome } from '../outcome.ts';
import { accuracy, balancedAccuracy, f1, mcc, precision, recall } from './binary.ts';
import type { BinaryCounts } from './confusion.ts';
import { type LabelledRows, scoreRanks } from './labelled-scores.ts';
import { lift } from './lift.ts';
import { prAuc } from './pr-auc.ts';
import { rocAuc } from './roc-auc.ts';
import { scoreKs } from './score-ks.ts';
import { rowBrier, rowEce, rowLogLoss } from './scored-row-loss.ts';

/** Metrics by name, each a value with its 95 % interval or the reason why there is none. */
export type Metrics = Readonly<Record<string, Outcome<Estimate>>>;

/** Rows of a binary task: labels with predictions, scores, or both. */
export interface BinaryRows {
  /** 1 or true: positive; 0 or false: negative; anything else leaves the row out. */
  readonly label: ArrayLike<number | boolean | null>;
  /** What was decided; without it, the scores at the threshold. */
  readonly prediction?: ArrayLike<number | boolean | null>;
  readonly score?: ArrayLike<number | null>;
}

/**
 * Every metric of a binary task that the given columns allow: of the decisions accuracy, precision, recall, f1,
 * balanced_accuracy, mcc; of the scores roc_auc, pr_auc, ks, lift_10; and, when all scores are probabilities, log_loss, brier, ece.
 * Rows without what a metric needs are left out of that metric.
 * @param threshold Scores at or above it are positive, when there are no predictions.
 * @example binaryMetrics({ label: [1, 0], score: [0.9, 0.2] }).roc_auc // { value: 1, … }
 */
export function binaryMetrics({ label, prediction, score }: BinaryRows, threshold = 0.5): Metrics {
  const decided = prediction ?? (score && Array.from(score, (s) => decide(s, threshold)));
  return {
    ...(decided && ofDecisions(binaryRowCounts(label, decided))),
    ...(score && ofScores({ label, score })),
  };
}

/**
 * Confusion counts of raw rows; a row without a 0/1 label or prediction is left out.
 * @example binaryRowCounts([1, 0, null], [1, 1, 1]) // { tp: 1, fp: 1, fn: 0, tn: 0 }
 */
export function binaryRowCounts(
  label: ArrayLike<number | boolean | null>,
  prediction: ArrayLike<number | boolean | null>,
): BinaryCounts {
  const counts = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (let i = 0; i < Math.min(label.length, prediction.length); i++) {
    const y = Number(label[i] ?? Number.NaN);
    const f = Number(prediction[i] ?? Number.NaN);
    if (f === 1 && (y === 0 || y === 1)) counts[y === 1 ? 'tp' : 'fp']++;
    if (f === 0 && (y === 0 || y === 1)) counts[y === 1 ? 'fn' : 'tn']++;
  }
  return counts;
}

function decide(score: number | null, threshold: number): boolean | null {
  return score === null || !Number.isFinite(score) ? null : score >= threshold;
}

function ofDecisions(counts: BinaryCounts): Metrics {
  return {
    accuracy: accuracy(counts),
    precision: precision(counts),
    recall: recall(counts),
    f1: f1(counts),
    balanced_accuracy: balancedAccuracy(counts),
    mcc: mcc(counts),
  };
}

function ofScores(rows: LabelledRows): Metrics {
  const ranks = scoreRanks(rows);
  const order = {
    roc_auc: rocAuc(ranks),
    pr_auc: prAuc(ranks),
    ks: scoreKs(ranks),
    lift_10: lift(ranks, 0.1),
  };
  const given = Array.from(rows.score).filter((s) => s !== null && Number.isFinite(s));
  if (!given.every((s) => s! >= 0 && s! <= 1)) return order;
  return { ...order, log_loss: rowLogLoss(rows), brier: rowBrier(rows), ece: rowEce(rows) };
}
