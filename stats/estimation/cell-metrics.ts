import type { Outcome, Value } from '../outcome.ts';

/**
 * Rows of both classes by cells of a score, ascending; counts may be fractions, as expected ones are. Rows from the cell
 * `threshold` on are answered positive.
 */
export interface ClassCells {
  readonly positive: ArrayLike<number>;
  readonly negative: ArrayLike<number>;
  readonly threshold: number;
}

/** What is estimated of two classes. */
export const CELL_METRICS = ['roc_auc', 'accuracy', 'precision', 'recall', 'f1'] as const;
export type CellMetric = (typeof CELL_METRICS)[number];

interface Sums {
  /** Positives, rows, and those of them that are answered positive. */
  readonly positives: number;
  readonly rows: number;
  readonly hits: number;
  readonly flagged: number;
}

function sumsOf({ positive, negative, threshold }: ClassCells): Sums {
  let [positives, rows, hits, flagged] = [0, 0, 0, 0];
  for (let cell = 0; cell < positive.length; cell++) {
    const n = positive[cell]! + negative[cell]!;
    positives += positive[cell]!;
    rows += n;
    if (cell < threshold) continue;
    hits += positive[cell]!;
    flagged += n;
  }
  return { positives, rows, hits, flagged };
}

/**
 * A metric of two classes from their cells, in [0, 1]; ROC AUC with ties half. `not_enough_data` without rows, `single_class`
 * where ROC AUC lacks one, `undefined_ratio` where a denominator is 0.
 * @example cellMetric('accuracy', { positive: [1, 3], negative: [4, 2], threshold: 1 }) // { value: 0.7 }
 */
export function cellMetric(metric: CellMetric, cells: ClassCells): Outcome<Value> {
  const sums = sumsOf(cells);
  const { positives, rows, hits, flagged } = sums;
  if (!(rows > 0)) return { reason: 'not_enough_data' };
  if (metric === 'accuracy') return { value: (rows - positives - flagged + 2 * hits) / rows };
  if (metric === 'precision') return ratio(hits, flagged);
  if (metric === 'recall') return ratio(hits, positives);
  if (metric === 'f1') return ratio(2 * hits, flagged + positives);
  const pairs = positives * (rows - positives);
  if (!(pairs > 0)) return { reason: 'single_class' };
  let [below, won] = [0, 0];
  for (let cell = 0; cell < cells.positive.length; cell++) {
    won += cells.positive[cell]! * (below + cells.negative[cell]! / 2);
    below += cells.negative[cell]!;
  }
  return { value: won / pairs };
}

function ratio(part: number, whole: number): Outcome<Value> {
  return whole > 0 ? { value: part / whole } : { reason: 'undefined_ratio' };
}

/**
 * By how much the metric rises for each row of a cell that is positive instead of negative: its derivative, the rows of all
 * cells held. All 0 where the metric has no value.
 */
export function cellInfluence(metric: CellMetric, cells: ClassCells): Float64Array {
  const { positive, negative, threshold } = cells;
  const influence = new Float64Array(positive.length);
  const found = cellMetric(metric, cells);
  if (!('value' in found)) return influence;
  const { value } = found;
  const { positives, rows, flagged } = sumsOf(cells);
  if (metric !== 'roc_auc') {
    for (let cell = 0; cell < influence.length; cell++) {
      const said = cell >= threshold ? 1 : 0;
      influence[cell] = {
        accuracy: (2 * said - 1) / rows,
        precision: said / flagged,
        recall: (said - value) / positives,
        f1: (2 * said - value) / (flagged + positives),
      }[metric];
    }
    return influence;
  }
  const negatives = rows - positives;
  let [below, reached] = [0, 0];
  for (let cell = 0; cell < influence.length; cell++) {
    const beaten = below + negative[cell]! / 2;
    const beating = positives - reached - positive[cell]! / 2;
    influence[cell] = (beaten - beating) / (positives * negatives) - value * (1 / positives - 1 / negatives);
    below += negative[cell]!;
    reached += positive[cell]!;
  }
  return influence;
}
