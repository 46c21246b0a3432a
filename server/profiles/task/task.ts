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
  /** Whether most predictions are lists of items. */
  readonly lists?: boolean;
  /** Whether scores come with the predictions. */
  readonly scores: boolean;
  /** Labels that make up nearly all of those sent, at least up to 3; 0 before the first. */
  readonly labels: number;
}

/**
 * What kind of question the model answers, judged from what it answered. Booleans and at most two classes are binary,
 * more are multiclass; numbers are a regression unless only 0 and 1 appear or scores come with at most two labels. Numbers
 * with scores wait for labels: they may be the codes of classes. Without a prediction value, scores with at most two labels
 * are binary. People may set the task; then it stays.
 * `inferTask({ predictions: 9, prediction: 'boolean', classes: 2, zeroOrOne: false, scores: true, labels: 0 })` → 'binary'
 */
export function inferTask({
  predictions,
  prediction,
  classes,
  zeroOrOne,
  scores,
  lists = false,
  labels,
}: TaskEvidence): Task {
  const twoLabels = labels > 0 && labels <= 2;
  if (prediction === 'boolean') return 'binary';
  if (predictions < ENOUGH) return 'unknown';
  if (lists) return 'ranking';
  switch (prediction) {
    case 'categorical':
      return classes > 2 || labels > 2 ? 'multiclass' : 'binary';
    case 'numeric':
      if ((zeroOrOne && labels <= 2) || (scores && twoLabels)) return 'binary';
      return scores && labels === 0 ? 'unknown' : 'regression';
    default:
      return scores && twoLabels ? 'binary' : 'unknown';
  }
}

/** What a task that was inferred early turns out to be when more has been seen. A sample of few classes takes none back. */
const TURNS_OUT: Partial<Record<Task, readonly Task[]>> = {
  unknown: ['binary', 'multiclass', 'regression', 'ranking'],
  binary: ['multiclass', 'regression'],
};

/** Whether a task gives way to one that was inferred from more. `turnsOut('binary', 'multiclass')` → true */
export function turnsOut(before: Task, now: Task): boolean {
  return TURNS_OUT[before]?.includes(now) ?? false;
}
