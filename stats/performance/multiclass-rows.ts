import type { Metrics } from './binary-rows.ts';
import { type ClassRows, classLogLoss, macroAuc } from './class-probabilities.ts';
import type { ConfusionCell } from './confusion.ts';
import { macroF1, macroPrecision, macroRecall, multiclassAccuracy } from './multiclass.ts';
import { multiclassMcc } from './multiclass-mcc.ts';

/** Rows of a multiclass task: labels with predictions, probabilities by class, or both. */
export interface MulticlassRows {
  /** null leaves the row out. */
  readonly label: ArrayLike<string | null>;
  /** What was decided; without it, the most probable class (the first of equals). */
  readonly prediction?: ArrayLike<string | null>;
  readonly probabilities?: ClassRows['probabilities'];
}

/**
 * Every metric of a multiclass task that the given columns allow: accuracy, macro_f1, macro_precision, macro_recall,
 * balanced_accuracy (the same as macro_recall), mcc; with probabilities log_loss and roc_auc (macro, one against the rest).
 * @example multiclassMetrics({ label: ['a', 'b'], prediction: ['a', 'a'] }).accuracy // { value: 0.5, … }
 */
export function multiclassMetrics({ label, prediction, probabilities }: MulticlassRows): Metrics {
  const decided = prediction ?? (probabilities && mostProbable(probabilities, label.length));
  const cells = decided && rowCells(label, decided);
  const recall = cells && macroRecall(cells);
  return {
    ...(cells && {
      accuracy: multiclassAccuracy(cells),
      macro_f1: macroF1(cells),
      macro_precision: macroPrecision(cells),
      macro_recall: recall!,
      balanced_accuracy: recall!,
      mcc: multiclassMcc(cells),
    }),
    ...(probabilities && {
      log_loss: classLogLoss({ label, probabilities }),
      roc_auc: macroAuc({ label, probabilities }),
    }),
  };
}

/**
 * The confusion table of raw rows; rows without a label or a prediction are left out.
 * @example rowCells(['a', null], ['b', 'a']) // [{ actual: 'a', predicted: 'b', count: 1 }]
 */
export function rowCells(
  label: ArrayLike<string | null>,
  prediction: ArrayLike<string | null>,
): ConfusionCell[] {
  const rows = new Map<string, Map<string, number>>();
  for (let i = 0; i < Math.min(label.length, prediction.length); i++) {
    const actual = label[i] ?? null;
    const predicted = prediction[i] ?? null;
    if (actual === null || predicted === null) continue;
    const row = rows.get(actual) ?? new Map<string, number>();
    rows.set(actual, row.set(predicted, (row.get(predicted) ?? 0) + 1));
  }
  return [...rows].flatMap(([actual, row]) =>
    [...row].map(([predicted, count]) => ({ actual, predicted, count })),
  );
}

function mostProbable(probabilities: ClassRows['probabilities'], n: number): (string | null)[] {
  return Array.from({ length: n }, (_, i) => {
    let best: string | null = null;
    let most = -Infinity;
    for (const [name, column] of probabilities) {
      const p = column[i] ?? Number.NaN;
      if (p > most) [best, most] = [name, p];
    }
    return best;
  });
}
