import type { Gradients } from './histogram.ts';

export type ObjectiveName = 'squared_error' | 'logistic' | 'softmax';

/**
 * A loss to boost. Targets: any finite number (squared error), 0 or 1 (logistic), a class 0 … outputs − 1 (softmax).
 * Scores are kept per output, each as long as the rows.
 */
export interface Objective {
  /** Best constant scores, one per output. */
  start(target: ArrayLike<number>): number[];
  gradients(
    target: ArrayLike<number>,
    scores: readonly Float64Array[],
    output: number,
    into: Gradients,
  ): void;
  /** Loss of one row. */
  loss(target: number, scores: readonly number[]): number;
  /** Raw scores to predictions: the value, the probability of 1, or the probability of each class. */
  transform(scores: readonly number[]): number[];
}

const squaredError: Objective = {
  start: (target) => [meanOf(target)],
  gradients(target, [scores], _, { gradient, hessian }) {
    for (let i = 0; i < gradient.length; i++) {
      gradient[i] = scores![i]! - target[i]!;
      hessian[i] = 1;
    }
  },
  loss: (target, [score]) => (score! - target) ** 2 / 2,
  transform: (scores) => [scores[0]!],
};

const logistic: Objective = {
  start: (target) => [logit(meanOf(target))],
  gradients(target, [scores], _, { gradient, hessian }) {
    for (let i = 0; i < gradient.length; i++) {
      const p = sigmoid(scores![i]!);
      gradient[i] = p - target[i]!;
      hessian[i] = Math.max(1e-16, p * (1 - p));
    }
  },
  loss: (target, [score]) => softplus(score!) - target * score!,
  transform: ([score]) => [sigmoid(score!)],
};

function softmax(outputs: number): Objective {
  return {
    start(target) {
      const counts = new Array<number>(outputs).fill(0);
      for (let i = 0; i < target.length; i++) counts[target[i]!]! += 1;
      return counts.map((count) => Math.log(Math.max(count, 0.5) / target.length));
    },
    gradients(target, scores, output, { gradient, hessian }) {
      for (let i = 0; i < gradient.length; i++) {
        const p = Math.exp(scores[output]![i]! - logSum(scores, i));
        gradient[i] = p - (target[i] === output ? 1 : 0);
        hessian[i] = Math.max(1e-16, p * (1 - p));
      }
    },
    loss: (target, scores) => logSumOf(scores) - scores[target]!,
    transform(scores) {
      const all = logSumOf(scores);
      return scores.map((score) => Math.exp(score - all));
    },
  };
}

/** The objective by its name. */
export function objective(name: ObjectiveName, outputs: number): Objective {
  return name === 'softmax' ? softmax(outputs) : name === 'logistic' ? logistic : squaredError;
}

function meanOf(values: ArrayLike<number>): number {
  let mean = 0;
  for (let i = 0; i < values.length; i++) mean += (values[i]! - mean) / (i + 1);
  return mean;
}

/** Log odds, held within ±13.8 when only one class was seen. */
function logit(share: number): number {
  const p = Math.min(1 - 1e-6, Math.max(1e-6, share));
  return Math.log(p / (1 - p));
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

function logSum(scores: readonly Float64Array[], i: number): number {
  let highest = -Infinity;
  for (const output of scores) highest = Math.max(highest, output[i]!);
  let sum = 0;
  for (const output of scores) sum += Math.exp(output[i]! - highest);
  return highest + Math.log(sum);
}

function logSumOf(scores: readonly number[]): number {
  const highest = Math.max(...scores);
  return highest + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - highest), 0));
}
