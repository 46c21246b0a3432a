import { Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import { meanWithin } from '../intervals/interval-over.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import type { Random } from '../random.ts';
import { predictColumns, trainBoostedTrees } from '../trees/boosted-trees.ts';
import type { Feature } from '../trees/feature.ts';
import { crossFolds, densityRatio, rowsOf } from './density-ratio.ts';

/** Rows of a regression with the model's inputs. */
export interface PredictedRows {
  readonly features: readonly Feature[];
  readonly prediction: ArrayLike<number>;
}

export interface LabelledPredictions extends PredictedRows {
  readonly label: ArrayLike<number>;
}

export interface DirectLossOptions {
  readonly random: Random;
  /** 'absolute' gives the mean absolute error (default), 'squared' the mean squared one. */
  readonly loss?: 'absolute' | 'squared';
  /** At least 2. Default 5. */
  readonly folds?: number;
  /** Rounds of boosting. Default 60. */
  readonly trees?: number;
}

/** An estimated loss and what it rests on. */
export interface DirectLoss extends Estimate {
  readonly checks: {
    /** Mean of predicted − realised loss on reference rows that the trees have not seen, in the loss's unit: 0 when right. */
    readonly estimateBias: Outcome<Estimate>;
    /** Share of current rows that lie where the reference has rows; low: the estimate is an extrapolation. */
    readonly overlap: Outcome<Estimate>;
    /** No estimate without labels sees a change of what the same inputs mean. */
    readonly conceptDrift: 'not_visible';
  };
}

/**
 * Direct loss estimation: gradient-boosted trees learn the loss of each labelled reference row from its inputs and its prediction;
 * the mean of what they say of the current rows, less what they are wrong by on reference rows weighted to look like these, is the
 * loss to be expected there. Trees of each fold are asked of both, of the reference rows that they have not seen, so that it is their own error that is taken off. The 95 % interval is for the mean loss that the window's labels will show. Rows without a finite label and prediction are left out; fewer
 * than 100 labelled ones, or 50 current ones, are `not_enough_data`.
 * Source: NannyML, Direct loss estimation (DLE); Robins, Rotnitzky and Zhao 1994 for the correction; Chernozhukov et al. 2018 for the folds (cross-fitting).
 * @example directLoss(reference, current, { random: random(1) }) // { value: 3.2, low: 3.0, high: 3.4, checks: … }
 */
export function directLoss(
  reference: LabelledPredictions,
  current: PredictedRows,
  { random, loss = 'absolute', folds = 5, trees = 60 }: DirectLossOptions,
): Outcome<DirectLoss> {
  const known = finiteRows(reference.prediction, reference.label);
  const asked = finiteRows(current.prediction);
  if (known.length < 100 || asked.length < 50) return { reason: 'not_enough_data' };
  const inputs = withPrediction(reference, known);
  const target = known.map((row) => lossOf(reference.prediction[row]! - reference.label[row]!, loss));
  if (!target.every(Number.isFinite)) return { reason: 'not_finite' };
  const options = { objective: 'squared_error', trees, leaves: 15, learningRate: 0.1 } as const;
  const outputs = withPrediction(current, asked);
  const errors = new Float64Array(known.length);
  let expected = 0;
  for (const { training, testing } of crossFolds(known.length, folds, random)) {
    const learned = training.map((row) => target[row]!);
    const model = trainBoostedTrees(rowsOf(inputs, training), learned, options);
    const said = predictColumns(model, rowsOf(inputs, testing))[0]!;
    testing.forEach((row, i) => {
      errors[row] = said[i]! - target[row]!;
    });
    const [ofCurrent] = predictColumns(model, outputs);
    expected += ofCurrent!.reduce((sum, x) => sum + x, 0) / asked.length / folds;
  }
  const ratio = densityRatio(inputs, outputs, { random, folds });
  if ('reason' in ratio) return ratio;
  const { bias, reach } = weightedErrors(errors, ratio.weights, asked.length);
  const value = Math.max(0, expected - bias);
  return {
    value,
    low: Math.max(0, value - reach),
    high: value + reach,
    checks: {
      estimateBias: meanWithin([...errors], [-Infinity, Infinity]),
      overlap: ratio.overlap,
      conceptDrift: 'not_visible',
    },
  };
}

/**
 * What the trees are wrong by on reference rows weighted to look like the current ones, and how far the realised mean of n rows may lie
 * from the estimate: the error of that bias, and the scatter of n single losses.
 */
function weightedErrors(
  errors: Float64Array,
  weights: Float64Array,
  n: number,
): { bias: number; reach: number } {
  const whole = weights.reduce((sum, w) => sum + w, 0);
  const bias = errors.reduce((sum, e, i) => sum + (weights[i]! / whole) * e, 0);
  let scatter = 0;
  let ofBias = 0;
  for (const [i, error] of errors.entries()) {
    const share = weights[i]! / whole;
    scatter += share * (error - bias) ** 2;
    ofBias += share * share * (error - bias) ** 2;
  }
  return { bias, reach: Z_TWO_SIDED_95 * Math.sqrt(scatter / n + ofBias) };
}

function lossOf(error: number, loss: 'absolute' | 'squared'): number {
  return loss === 'absolute' ? Math.abs(error) : error * error;
}

function finiteRows(...columns: readonly ArrayLike<number>[]): number[] {
  const n = Math.min(...columns.map((column) => column.length));
  return Array.from({ length: n }, (_, i) => i).filter((i) =>
    columns.every((column) => Number.isFinite(column[i])),
  );
}

function withPrediction({ features, prediction }: PredictedRows, rows: readonly number[]): Feature[] {
  const own: Feature = { name: '_prediction', kind: 'numeric', values: prediction };
  return rowsOf([...features, own], rows);
}
