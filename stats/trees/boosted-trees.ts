import { type Random, shuffle } from '../random.ts';
import {
  type BinnedColumns,
  binColumn,
  binnedColumns,
  binner,
  type Feature,
  type FeatureBins,
  type Row,
} from './feature.ts';
import { growTree } from './grow.ts';
import { type ObjectiveName, objective } from './objective.ts';
import { leafValue, leafValueAt, type Tree } from './tree.ts';

export interface BoostOptions {
  /** Target: any number for squared_error, 0 or 1 for logistic, a class index 0 … classes − 1 for softmax. */
  readonly objective: ObjectiveName;
  /** Number of classes of softmax. */
  readonly classes?: number;
  /** Rounds at most; a round is one tree (one per class for softmax). Default 100. */
  readonly trees?: number;
  /** Default 0.1. */
  readonly learningRate?: number;
  /** Leaves of a tree at most. Default 31. */
  readonly leaves?: number;
  /** Splits above a leaf at most. Default no limit. */
  readonly depth?: number;
  /** Rows in a leaf at least. Default 20. */
  readonly minLeaf?: number;
  /** L2 penalty on leaf values. Default 1. */
  readonly l2?: number;
  /** Share of rows for each round, in (0, 1]. Default 1. Needs `random` below 1. */
  readonly subsample?: number;
  /** Stops when the loss on a held-out share of rows has not improved for `rounds`; keeps the best round. Needs `random`. */
  readonly earlyStopping?: { readonly share: number; readonly rounds: number };
  readonly random?: Random;
}

/** A trained model: plain JSON, the same predictions wherever it is read back. */
export interface BoostedTrees {
  readonly version: 1;
  readonly objective: ObjectiveName;
  readonly features: readonly FeatureBins[];
  /** Constant raw score per output. */
  readonly base: readonly number[];
  /** By round, then by output. */
  readonly trees: readonly (readonly Tree[])[];
  /** Share of the total gain by feature, in order of `features`; sums to 1, or all 0 when nothing was learned. */
  readonly importance: readonly number[];
}

/**
 * Histogram gradient-boosted trees: at most 64 bins a column, missing values learn their direction, categories split as
 * sets in the order of their mean gradient. A column or target without information gives a model without trees, which
 * predicts the constant. The same input (and generator) gives the same model.
 * @throws RangeError on no rows, columns of other length than the target, a target that is not finite or not a class, or
 * when subsampling or early stopping has no generator.
 * Source: Friedman 2001; Ke et al. 2017 (LightGBM).
 * @example trainBoostedTrees([{ name: 'x', kind: 'numeric', values }], target, { objective: 'squared_error' })
 */
export function trainBoostedTrees(
  features: readonly Feature[],
  target: ArrayLike<number>,
  options: BoostOptions,
): BoostedTrees {
  return trainOnBins(binnedColumns(features), target, options);
}

/** As `trainBoostedTrees`, on columns that are binned already: of many models of the same rows each has the same bins. */
export function trainOnBins(
  { features: bins, columns }: BinnedColumns,
  target: ArrayLike<number>,
  options: BoostOptions,
): BoostedTrees {
  check({ features: bins, columns }, target, options);
  const { subsample = 1, earlyStopping, random } = options;
  const order = Int32Array.from({ length: target.length }, (_, i) => i);
  const held = earlyStopping ? Math.floor(target.length * earlyStopping.share) : 0;
  if (held > 0) shuffle(order, random!);
  const validation = order.slice(0, held);
  const training = order.slice(held).sort();
  const outputs = options.objective === 'softmax' ? options.classes! : 1;
  const loss = objective(options.objective, outputs);
  const base = loss.start(target);
  const scores = base.map((start) => new Float64Array(target.length).fill(start));
  const into = { gradient: new Float64Array(target.length), hessian: new Float64Array(target.length) };
  const rules = growRules(options);
  const rounds: Tree[][] = [];
  let best = { rounds: 0, loss: meanLoss() };
  for (let round = 0; round < (options.trees ?? 100); round++) {
    const rows = subsample < 1 ? drawn(training, subsample, random!) : training.slice();
    const trees = scores.map((_, output) => {
      loss.gradients(target, scores, output, into);
      return growTree(columns, bins, into, rows.slice(), rules);
    });
    if (trees.every((tree) => tree.feature.length === 1) && subsample === 1) break;
    for (const [output, tree] of trees.entries()) addTree(tree, columns, scores[output]!);
    rounds.push(trees);
    if (held === 0) continue;
    const now = meanLoss();
    if (now < best.loss - 1e-12) best = { rounds: round + 1, loss: now };
    else if (round + 1 - best.rounds >= earlyStopping!.rounds) break;
  }
  const kept = held > 0 ? rounds.slice(0, best.rounds) : rounds;
  return {
    version: 1,
    objective: options.objective,
    features: bins,
    base,
    trees: kept,
    importance: gains(kept, bins),
  };

  function meanLoss(): number {
    let sum = 0;
    for (const i of validation) sum += loss.loss(target[i]!, scores.map((output) => output[i]!)); // biome-ignore format: one line
    return sum / Math.max(1, validation.length);
  }
}

/**
 * The model as a function of one row: [value], [probability of 1], or the probability of each class. Prepare it once,
 * call it often. Columns the row lacks are missing; values of the wrong kind too.
 * @example predictor(model)({ hour: 8, weather: 'rain' }) // [212.4]
 */
export function predictor(model: BoostedTrees): (row: Row) => number[] {
  const binOf = model.features.map(binner);
  const bins = new Uint8Array(binOf.length);
  const { transform } = objective(model.objective, model.base.length);
  return (row) => {
    for (let f = 0; f < binOf.length; f++) bins[f] = binOf[f]!(row[model.features[f]!.name]);
    return transform(rawScores(model, bins));
  };
}

/**
 * Predictions for whole columns, matched by name: one array of values or of probabilities of 1, or one per class.
 * @throws RangeError when a column of the model is absent.
 */
export function predictColumns(model: BoostedTrees, features: readonly Feature[]): Float64Array[] {
  const columns = model.features.map((bins) => {
    const feature = features.find(({ name }) => name === bins.name);
    if (!feature) throw new RangeError(`column ${bins.name} is absent`);
    return binColumn(feature, bins);
  });
  return predictBins(model, columns, columns[0]?.length ?? features[0]?.values.length ?? 0);
}

/** As `predictColumns`, for n rows in the model's own bins, its columns in its order. */
export function predictBins(model: BoostedTrees, columns: readonly Uint8Array[], n: number): Float64Array[] {
  const { transform } = objective(model.objective, model.base.length);
  const predictions = model.base.map((base) => new Float64Array(n).fill(base));
  for (const round of model.trees)
    for (const [output, tree] of round.entries()) addTree(tree, columns, predictions[output]!);
  for (let i = 0; i < n; i++) {
    transform(predictions.map((scores) => scores[i]!)).forEach((value, output) => {
      predictions[output]![i] = value;
    });
  }
  return predictions;
}

function rawScores(model: BoostedTrees, bins: Uint8Array): number[] {
  const scores = [...model.base];
  for (const round of model.trees) {
    for (let output = 0; output < round.length; output++) scores[output]! += leafValue(round[output]!, bins);
  }
  return scores;
}

function addTree(tree: Tree, columns: readonly Uint8Array[], scores: Float64Array): void {
  for (let i = 0; i < scores.length; i++) scores[i]! += leafValueAt(tree, columns, i);
}

function drawn(rows: Int32Array, share: number, random: Random): Int32Array {
  const kept = rows.filter(() => random() < share);
  return kept.length > 0 ? kept : rows.slice();
}

function gains(rounds: readonly (readonly Tree[])[], features: readonly FeatureBins[]): number[] {
  const sums = new Array<number>(features.length).fill(0);
  for (const tree of rounds.flat()) {
    tree.feature.forEach((feature, node) => {
      if (feature >= 0) sums[feature]! += tree.gain[node]!;
    });
  }
  const all = sums.reduce((a, b) => a + b, 0);
  return all > 0 ? sums.map((gain) => gain / all) : sums;
}

function growRules(options: BoostOptions) {
  return {
    learningRate: options.learningRate ?? 0.1,
    leaves: options.leaves ?? 31,
    depth: options.depth ?? Number.MAX_SAFE_INTEGER,
    minLeaf: options.minLeaf ?? 20,
    l2: options.l2 ?? 1,
  };
}

function check({ features, columns }: BinnedColumns, target: ArrayLike<number>, options: BoostOptions): void {
  if (target.length === 0) throw new RangeError('training needs rows');
  const uneven = features.find((_, f) => columns[f]!.length !== target.length);
  if (uneven) throw new RangeError(`column ${uneven.name} is not as long as the target`);
  const classes =
    options.objective === 'softmax' ? options.classes : options.objective === 'logistic' ? 2 : null;
  if (classes === undefined) throw new RangeError('softmax needs the number of classes');
  for (let i = 0; i < target.length; i++) {
    const y = target[i]!;
    if (!Number.isFinite(y)) throw new RangeError('a target is not finite');
    if (classes !== null && !(Number.isInteger(y) && y >= 0 && y < classes))
      throw new RangeError('a target is no class');
  }
  if (((options.subsample ?? 1) < 1 || options.earlyStopping) && !options.random) {
    throw new RangeError('subsampling and early stopping need a generator');
  }
}
