import { Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import { proportion } from '../intervals/proportion.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { f1 } from './binary.ts';
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
 * Mean F1 over the labels that occur, actual or predicted (F1 = 0 for a label never found), in [0, 1]; 95 % interval from those of
 * the labels (as `f1`), with what a wrong answer takes from two of them at once (delta method).
 * Source: scikit-learn `f1_score(average='macro')`; Takahashi et al. 2022; MOVER: Donner and Zou 2012.
 */
export function macroF1(cells: readonly ConfusionCell[]): Outcome<Estimate> {
  const { n, labels, actual, predicted, right } = margins(cells);
  if (n === 0) return noRatio(0);
  const each = labels.map((label) => {
    const tp = right.get(label) ?? 0;
    return { tp, size: (actual.get(label) ?? 0) + (predicted.get(label) ?? 0) };
  });
  const change = new Map(labels.map((label, k) => [label, -(2 * each[k]!.tp) / each[k]!.size ** 2]));
  let together = 0;
  for (const { actual: own, predicted: said, count } of cells)
    if (count > 0 && own !== said) together += 2 * count * change.get(own)! * change.get(said)!;
  const scores = each.map(({ tp, size }) => f1({ tp, fp: size - 2 * tp, fn: 0, tn: 0 }) as Estimate);
  return meanOf(scores, together);
}

/** Mean recall over the labels that occur as actual (balanced accuracy), in [0, 1]; 95 % interval from the Wilson intervals of all (MOVER). */
export function macroRecall(cells: readonly ConfusionCell[]): Outcome<Estimate> {
  const { n, actual, right } = margins(cells);
  return n === 0 ? noRatio(0) : meanOf(shares(actual, right));
}

/**
 * Mean precision over the labels that were predicted at least once, in [0, 1]; interval as `macroRecall`. Of a label that occurs but
 * was never predicted nothing is known: more rows may predict it, so that the interval lets its precision be anything.
 */
export function macroPrecision(cells: readonly ConfusionCell[]): Outcome<Estimate> {
  const { n, labels, predicted, right } = margins(cells);
  if (n === 0) return noRatio(0);
  const known = shares(predicted, right);
  const anything: Estimate = { value: meanOf(known).value, low: 0, high: 1 };
  return meanOf([...known, ...labels.filter((label) => !predicted.has(label)).map(() => anything)]);
}

/** Shares of different rows err by themselves. */
function shares(sizes: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): Estimate[] {
  return [...sizes].map(([label, size]) => proportion(right.get(label) ?? 0, size) as Estimate);
}

/**
 * The mean of estimates from their intervals (MOVER). `together`: the sum of the covariances of different ones, twice each.
 * Source: Donner and Zou 2012.
 */
function meanOf(each: readonly Estimate[], together = 0): Estimate {
  const value = each.reduce((sum, one) => sum + one.value, 0) / each.length;
  const shared = Math.max(0, together) * Z_TWO_SIDED_95 ** 2;
  const reach = (of: (one: Estimate) => number) =>
    Math.sqrt(each.reduce((sum, one) => sum + of(one) ** 2, shared)) / each.length;
  return {
    value,
    low: Math.max(0, value - reach((one) => one.value - one.low)),
    high: Math.min(1, value + reach((one) => one.high - one.value)),
  };
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
