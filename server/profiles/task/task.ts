import type { Task } from '../../../contract/model.ts';

/** Predictions that must be seen before classes are counted: a first answer of "no" tells nothing of the others. */
const ENOUGH = 50;

export interface TaskEvidence {
  readonly predictions: number;
  /** Type of the predictions' column; undefined before the first prediction value. */
  readonly prediction: 'numeric' | 'categorical' | 'boolean' | undefined;
  /** Distinct prediction values, at least up to 3. */
  readonly classes: number;
  /** Whether every numeric prediction seen is 0 or 1. */
  readonly zeroOrOne: boolean;
  /** Whether scores come with the predictions. */
  readonly scores: boolean;
  /** Distinct labels, at least up to 3; 0 before the first. */
  readonly labels: number;
}

/**
 * What kind of question the model answers, judged from what it answered. Booleans and at most two classes are binary,
 * more are multiclass; numbers are a regression unless only 0 and 1 appear or scores come with at most two labels.
 * Without a prediction value, scores with at most two labels are binary. People may set the task; then it stays.
 * `inferTask({ predictions: 9, prediction: 'boolean', classes: 2, zeroOrOne: false, scores: true, labels: 0 })` → 'binary'
 */
export function inferTask({
  predictions,
  prediction,
  classes,
  zeroOrOne,
  scores,
  labels,
}: TaskEvidence): Task {
  const twoLabels = labels > 0 && labels <= 2;
  if (prediction === 'boolean') return 'binary';
  if (predictions < ENOUGH) return 'unknown';
  switch (prediction) {
    case 'categorical':
      return classes > 2 || labels > 2 ? 'multiclass' : 'binary';
    case 'numeric':
      return (zeroOrOne && labels <= 2) || (scores && twoLabels) ? 'binary' : 'regression';
    default:
      return scores && twoLabels ? 'binary' : 'unknown';
  }
}
