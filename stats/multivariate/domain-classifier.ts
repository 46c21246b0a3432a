import type { Estimate, Outcome } from '../outcome.ts';
import { type AreaWithVariance, delong, meanArea } from '../performance/roc-auc.ts';
import { type Random, shuffle } from '../random.ts';
import { predictBins, trainOnBins } from '../trees/boosted-trees.ts';
import { binnedColumns, binnedRows, type Feature } from '../trees/feature.ts';

/** How well current rows can be told from reference rows, and by which columns. */
export interface DomainClassifier extends Estimate {
  /** Share of the separation by column, in the order given; sums to 1, or all 0. */
  readonly importance: readonly { readonly name: string; readonly share: number }[];
}

export interface DomainClassifierOptions {
  readonly random: Random;
  /** At least 2. Default 5. */
  readonly folds?: number;
  /** Rounds of boosting per fold. Default 30. */
  readonly trees?: number;
}

/**
 * Domain classifier: gradient-boosted trees learn to tell current from reference rows; `value` is the area
 * under the ROC curve, averaged over the folds: 0.5 = cannot be told apart, 1 = always; the 95 % interval is DeLong's, of
 * the scores that each row got from the model that had not seen it. Sees shifts of combinations of
 * columns that leave each single column as it was. Columns are matched by place; give both sides the same ones.
 * Fewer than 50 rows on a side are `not_enough_data`.
 * Source: Lopez-Paz and Oquab 2017, Revisiting classifier two-sample tests; DeLong, DeLong and Clarke-Pearson 1988.
 * @example domainClassifier(reference, current, { random: random(1) }) // { value: 0.51, low: 0.48, high: 0.54, … }
 */
export function domainClassifier(
  reference: readonly Feature[],
  current: readonly Feature[],
  { random, folds = 5, trees = 30 }: DomainClassifierOptions,
): Outcome<DomainClassifier> {
  const m = reference[0]?.values.length ?? 0;
  const n = current[0]?.values.length ?? 0;
  if (m < 50 || n < 50) return { reason: 'not_enough_data' };
  const features = reference.map((feature, f) => join(feature, current[f]!));
  // Bins know nothing of the sides, and so may be those of all rows.
  const binned = binnedColumns(features);
  const options = { objective: 'logistic', trees, leaves: 15, learningRate: 0.2 } as const;
  const side = (row: number): number => (row < m ? 0 : 1);
  const fold = foldsOf(m, n, folds, random);
  const gains = features.map(() => 0);
  const areas: Outcome<AreaWithVariance>[] = [];
  const rows = Array.from({ length: m + n }, (_, i) => i);
  for (let held = 0; held < folds; held++) {
    const training = rows.filter((row) => fold[row] !== held);
    const testing = rows.filter((row) => fold[row] === held);
    const model = trainOnBins(binnedRows(binned, training), training.map(side), options);
    model.importance.forEach((share, f) => {
      gains[f]! += share / folds;
    });
    const predicted = predictBins(model, binnedRows(binned, testing).columns, testing.length)[0]!;
    areas.push(areaOf(predicted, testing.map(side)));
  }
  const area = meanArea(areas);
  if (!('value' in area)) return area;
  return {
    ...area,
    importance: features.map(({ name }, f) => ({ name, share: gains[f]! })),
  };
}

function areaOf(p: Float64Array, sides: readonly number[]): Outcome<AreaWithVariance> {
  const scores = { positive: new Map<number, number>(), negative: new Map<number, number>() };
  sides.forEach((side, i) => {
    // A millionth of probability is fine enough a grid for ranks.
    const cell = Math.floor(p[i]! * 1e6);
    const counts = side === 1 ? scores.positive : scores.negative;
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  });
  return delong(scores);
}

/** The fold of each row, each side dealt evenly. */
function foldsOf(m: number, n: number, folds: number, random: Random): Int32Array {
  const deal = (count: number): Int32Array => shuffle(Int32Array.from({ length: count }, (_, i) => i % folds), random); // biome-ignore format: one line
  return Int32Array.from([...deal(m), ...deal(n)]);
}

function join(before: Feature, after: Feature): Feature {
  if (before.kind !== 'numeric' || after.kind !== 'numeric')
    return { ...before, values: [before, after].flatMap(({ values }) => Array.from<never>(values as ArrayLike<never>)) } as Feature; // biome-ignore format: one line
  const values = new Float64Array(before.values.length + after.values.length);
  values.set(before.values);
  values.set(after.values, before.values.length);
  return { ...before, values };
}
