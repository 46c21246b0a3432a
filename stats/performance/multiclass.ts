import { Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import { proportion } from '../intervals/proportion.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { type ConfusionCell, noRatio } from './confusion.ts';

/** Rows, columns and diagonal of a confusion table, by label. */
interface Margins {
  readonly n: number;
  readonly labels: readonly string[];
  readonly actual: ReadonlyMap<string, number>;
  readonly predicted: ReadonlyMap<string, number>;
  readonly right: ReadonlyMap<string, number>;
}

/**
 * Share of right predictions over all labels, in [0, 1], Wilson 95 % interval. Nothing counted is `not_enough_data`.
 * @example multiclassAccuracy([{ actual: 'a', predicted: 'a', count: 3 }]).value // 1
 */
export function multiclassAccuracy(cells: readonly ConfusionCell[]): Outcome<Estimate> {
  const { n, right } = margins(cells);
  return proportion([...right.values()].reduce((a, b) => a + b, 0), n); // biome-ignore format: one line
}

/**
 * Mean F1 over the labels that occur, actual or predicted (F1 = 0 for a label never found), in [0, 1]; 95 % interval by the
 * delta method under multinomial sampling. Source: scikit-learn `f1_score(average='macro')`; Takahashi et al. 2022.
 */
export function macroF1(cells: readonly ConfusionCell[]): Outcome<Estimate> {
  const { n, labels, actual, predicted, right } = margins(cells);
  if (n === 0) return noRatio(0);
  const size = (label: string): number => (actual.get(label) ?? 0) + (predicted.get(label) ?? 0);
  const score = (label: string): number => (2 * (right.get(label) ?? 0)) / size(label);
  const value = labels.reduce((sum, label) => sum + score(label), 0) / labels.length;
  const gradient = (cell: ConfusionCell): number => {
    const missed = -score(cell.actual) / size(cell.actual);
    if (cell.actual !== cell.predicted)
      return (missed - score(cell.predicted) / size(cell.predicted)) / labels.length;
    return (2 / size(cell.actual) + 2 * missed) / labels.length;
  };
  return deltaInterval(value, cells, gradient);
}

/** Mean recall over the labels that occur as actual (balanced accuracy), in [0, 1]; interval as `macroF1`. */
export function macroRecall(cells: readonly ConfusionCell[]): Outcome<Estimate> {
  const { n, actual, right } = margins(cells);
  return n === 0 ? noRatio(0) : meanShare(cells, actual, right, (cell) => cell.actual);
}

/** Mean precision over the labels that were predicted at least once, in [0, 1]; interval as `macroF1`. */
export function macroPrecision(cells: readonly ConfusionCell[]): Outcome<Estimate> {
  const { n, predicted, right } = margins(cells);
  return n === 0 ? noRatio(0) : meanShare(cells, predicted, right, (cell) => cell.predicted);
}

function meanShare(
  cells: readonly ConfusionCell[],
  sizes: ReadonlyMap<string, number>,
  right: ReadonlyMap<string, number>,
  labelOf: (cell: ConfusionCell) => string,
): Estimate {
  const share = (label: string): number => (right.get(label) ?? 0) / sizes.get(label)!;
  const value = [...sizes.keys()].reduce((sum, label) => sum + share(label), 0) / sizes.size;
  return deltaInterval(value, cells, (cell) => {
    const label = labelOf(cell);
    const hit = cell.actual === cell.predicted ? 1 : 0;
    return (hit - share(label)) / sizes.get(label)! / sizes.size;
  });
}

/** `gradient`: change of the value by one more count in the cell; the value must not depend on the table's scale. */
function deltaInterval(
  value: number,
  cells: readonly ConfusionCell[],
  gradient: (cell: ConfusionCell) => number,
): Estimate {
  // An empty cell may have a label that never occurs, and with it no gradient.
  const held = cells.filter(({ count }) => count > 0);
  const variance = held.reduce((sum, cell) => sum + cell.count * gradient(cell) ** 2, 0);
  const reach = Z_TWO_SIDED_95 * Math.sqrt(variance);
  return { value, low: Math.max(0, value - reach), high: Math.min(1, value + reach) };
}

function margins(cells: readonly ConfusionCell[]): Margins {
  const actual = new Map<string, number>();
  const predicted = new Map<string, number>();
  const right = new Map<string, number>();
  let n = 0;
  for (const cell of cells) {
    if (!(cell.count > 0)) continue;
    n += cell.count;
    actual.set(cell.actual, (actual.get(cell.actual) ?? 0) + cell.count);
    predicted.set(cell.predicted, (predicted.get(cell.predicted) ?? 0) + cell.count);
    if (cell.actual === cell.predicted) right.set(cell.actual, (right.get(cell.actual) ?? 0) + cell.count);
  }
  return { n, labels: [...new Set([...actual.keys(), ...predicted.keys()])], actual, predicted, right };
}
