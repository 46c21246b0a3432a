import { Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import type { Outcome } from '../outcome.ts';
import { type CellEstimate, estimateCells, type LearnedCells } from './cell-estimate.ts';
import { type CellMetric, type ClassCells, cellMetric } from './cell-metrics.ts';

/** What is estimated of several classes: the mean over classes of a metric of each against the rest. */
export const CLASS_METRICS = {
  roc_auc: 'roc_auc',
  macro_f1: 'f1',
  macro_precision: 'precision',
  macro_recall: 'recall',
} as const satisfies Readonly<Record<string, CellMetric>>;
export type ClassMetric = keyof typeof CLASS_METRICS;

/**
 * What was learned of the probability of a class, for rows by cell of that probability: first those that were answered with another
 * class, then those answered with it. What a probability means does not depend on the answer.
 */
export function byAnswer(learned: LearnedCells): LearnedCells {
  const { chance, group } = learned;
  return {
    ...learned,
    chance: Float64Array.from([...chance, ...chance]),
    group: Int32Array.from([...group, ...group]),
    threshold: chance.length,
  };
}

/** One class: what was learned of its probability, and rows by cell of it. */
export interface ClassCounts {
  readonly learned: LearnedCells;
  readonly counts: ArrayLike<number>;
}

/**
 * What the labels of rows will show, averaged over classes that have a value; each as `estimateCells`. The 95 % interval allows
 * for classes that err together, as one label is taken from another, and holds `extra`, a variance that estimates so far have shown beyond it.
 * The reason of the first class where none has a value; `not_enough_data` without classes.
 * Source: NannyML, CBPE of several classes (one against the rest, macro average).
 */
export function estimateClasses(
  metric: ClassMetric,
  classes: readonly ClassCounts[],
  extra = 0,
): Outcome<CellEstimate> {
  const each = classes.map(({ learned, counts }) => estimateCells(CLASS_METRICS[metric], learned, counts));
  const known = each.filter((one) => 'value' in one);
  if (known.length === 0) return each[0] ?? { reason: 'not_enough_data' };
  const mean = (of: (one: CellEstimate) => number) =>
    known.reduce((sum, one) => sum + of(one), 0) / known.length;
  const value = mean((one) => one.value);
  const apart = mean(({ variance }) => variance);
  const asOne = known.length * mean(({ variance }) => Math.sqrt(variance)) ** 2;
  const variance = (apart + together(metric, known.length) * (asOne - apart)) / known.length + extra;
  const reach = Z_TWO_SIDED_95 * Math.sqrt(variance);
  return { value, low: Math.max(0, value - reach), high: Math.min(1, value + reach), variance };
}

/**
 * How much two classes err alike, as a correlation: not at all where they err by themselves, as precisions do, which are of different rows; wholly of two classes, where
 * what one lacks the other has. Of more a third of what a label that is taken from one and given to any other comes to, and half of F1, which such a label moves at
 * both: chosen on two tables, whose intervals then hold in 92 to 99 of 100. A rare class, whose error is most of the whole, so counts about once.
 */
function together(metric: ClassMetric, classes: number): number {
  if (metric === 'macro_precision') return 0;
  if (classes <= 2) return 1;
  return (metric === 'macro_f1' ? 1 / 2 : 1 / 3) / (classes - 1);
}

/** What the metric is of labelled rows of several classes; classes without a value are left out. */
export function metricOfClasses(
  metric: ClassMetric,
  classes: readonly ClassCells[],
): Outcome<{ value: number }> {
  const each = classes.map((cells) => cellMetric(CLASS_METRICS[metric], cells));
  const known = each.filter((one) => 'value' in one);
  if (known.length === 0) return each[0] ?? { reason: 'not_enough_data' };
  return { value: known.reduce((sum, { value }) => sum + value, 0) / known.length };
}
