import { proportion } from '../intervals/proportion.ts';
import type { Estimate, Outcome, Unavailable } from '../outcome.ts';
import { type Random, shuffle } from '../random.ts';
import { predictColumns, trainBoostedTrees } from '../trees/boosted-trees.ts';
import type { Feature } from '../trees/feature.ts';

/** How much more often than the reference the current window has rows like each one. */
export interface DensityRatio {
  /** Weight of each reference row, ≥ 0, 1 on average. */
  readonly weights: Float64Array;
  /** Reference rows that the weighted ones are worth (Kish): far below their number, few rows carry the estimate. */
  readonly effectiveSize: number;
  /** Share of current rows that lie where the reference has rows too, in [0, 1], 95 % interval. */
  readonly overlap: Outcome<Estimate>;
}

export interface DensityRatioOptions {
  readonly random: Random;
  /** At least 2. Default 5. */
  readonly folds?: number;
  /** Rounds of boosting per fold. Default 30. */
  readonly trees?: number;
  /** Rows this many times as dense in the current window count as outside the reference; weights stop here too. Default 20. */
  readonly most?: number;
}

/** Weights that are worth so many rows are flattened by half. */
const HALF_FLAT = 100;

/**
 * Weights flattened by how few rows they rest on: each to the power of e / (e + 100), where e is how many rows the weighted ones are
 * worth; 1 on average again. Weights that rest on few rows say little, and are pulled towards one.
 * Source: Shimodaira 2000, Improving predictive inference under covariate shift by weighting the log-likelihood function.
 * @param weights ≥ 0, 1 on average.
 * @example flattened(ratio) // weights between 0.3 and 2.1 instead of 0.05 and 6
 */
export function flattened({ weights, effectiveSize }: DensityRatio): Float64Array {
  const power = effectiveSize / (effectiveSize + HALF_FLAT);
  const flat = weights.map((weight) => weight ** power);
  const mean = flat.reduce((sum, weight) => sum + weight, 0) / flat.length;
  return flat.map((weight) => weight / mean);
}

/**
 * Density ratio current / reference at each reference row, by gradient-boosted trees that tell the sides apart, each row judged by
 * trees that have not seen it. Columns are matched by place. Fewer than 50 rows on a side are `not_enough_data`.
 * Source: Bickel, Brückner and Scheffer 2009, Discriminative learning under covariate shift; Kish 1965.
 * @example densityRatio(reference, current, { random: random(1) }) // { weights, effectiveSize: 812.3, overlap: { value: 0.99, … } }
 */
export function densityRatio(
  reference: readonly Feature[],
  current: readonly Feature[],
  { random, folds = 5, trees = 30, most = 20 }: DensityRatioOptions,
): DensityRatio | Unavailable {
  const m = reference[0]?.values.length ?? 0;
  const n = current[0]?.values.length ?? 0;
  if (m < 50 || n < 50) return { reason: 'not_enough_data' };
  const features = reference.map((feature, f) => joined(feature, current[f]!));
  const side = (row: number): number => (row < m ? 0 : 1);
  const ratio = new Float64Array(m + n);
  for (const { training, testing } of crossFolds(m + n, folds, random)) {
    const model = trainBoostedTrees(rowsOf(features, training), training.map(side), {
      objective: 'logistic',
      trees,
      leaves: 8,
      learningRate: 0.1,
    });
    const p = predictColumns(model, rowsOf(features, testing))[0]!;
    testing.forEach((row, i) => {
      ratio[row] = Math.min(most, (p[i]! / Math.max(1e-12, 1 - p[i]!)) * (m / n));
    });
  }
  const inside = ratio.subarray(m).reduce((count, r) => count + (r < most ? 1 : 0), 0);
  const raw = ratio.slice(0, m);
  const mean = raw.reduce((sum, r) => sum + r, 0) / m;
  const weights = raw.map((r) => (mean > 0 ? r / mean : 1));
  const squares = weights.reduce((sum, w) => sum + w * w, 0);
  return { weights, effectiveSize: (m * m) / squares, overlap: proportion(inside, n) };
}

/** Rows to learn from and rows held out, every row held out once. */
export function crossFolds(
  n: number,
  folds: number,
  random: Random,
): { training: number[]; testing: number[] }[] {
  const fold = shuffle(Int32Array.from({ length: n }, (_, i) => i % folds), random); // biome-ignore format: one line
  const rows = Array.from({ length: n }, (_, i) => i);
  return Array.from({ length: folds }, (_, held) => ({
    training: rows.filter((row) => fold[row] !== held),
    testing: rows.filter((row) => fold[row] === held),
  }));
}

/** The given rows of every column. */
export function rowsOf(features: readonly Feature[], rows: readonly number[]): Feature[] {
  return features.map(
    (feature) => ({ ...feature, values: rows.map((row) => feature.values[row]!) }) as Feature,
  );
}

function joined(before: Feature, after: Feature): Feature {
  const values = [
    ...Array.from(before.values as ArrayLike<never>),
    ...Array.from(after.values as ArrayLike<never>),
  ];
  return { name: before.name, kind: before.kind, values } as Feature;
}
