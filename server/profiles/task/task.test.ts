import { expect, test } from 'vitest';
import { inferTask, type TaskEvidence, turnsOut } from './task.ts';

const none: TaskEvidence = {
  predictions: 1000,
  prediction: undefined,
  classes: 0,
  zeroOrOne: false,
  scores: false,
  labels: 0,
};

test.each<[string, Partial<TaskEvidence>, string]>([
  ['nothing yet', {}, 'unknown'],
  ['a boolean at once', { prediction: 'boolean', predictions: 1 }, 'binary'],
  ['too few to count classes', { prediction: 'categorical', classes: 1, predictions: 10 }, 'unknown'],
  ['two classes', { prediction: 'categorical', classes: 2 }, 'binary'],
  ['three classes', { prediction: 'categorical', classes: 3 }, 'multiclass'],
  ['two answers, three labels', { prediction: 'categorical', classes: 2, labels: 3 }, 'multiclass'],
  ['numbers', { prediction: 'numeric' }, 'regression'],
  ['zeros and ones', { prediction: 'numeric', zeroOrOne: true }, 'binary'],
  ['zeros and ones with many labels', { prediction: 'numeric', zeroOrOne: true, labels: 3 }, 'regression'],
  ['numbers with scores wait for labels', { prediction: 'numeric', scores: true }, 'unknown'],
  ['numbers with scores and many labels', { prediction: 'numeric', scores: true, labels: 3 }, 'regression'],
  ['numbers with scores and two labels', { prediction: 'numeric', scores: true, labels: 2 }, 'binary'],
  ['scores and two labels', { scores: true, labels: 2 }, 'binary'],
  ['scores alone', { scores: true }, 'unknown'],
])('%s', (_name, evidence, task) => {
  expect(inferTask({ ...none, ...evidence })).toBe(task);
});

test('what was inferred from few rows gives way to what more rows show, and to nothing else', () => {
  expect(turnsOut('unknown', 'binary')).toBe(true);
  expect(turnsOut('binary', 'multiclass')).toBe(true);
  expect(turnsOut('multiclass', 'binary')).toBe(false);
  expect(turnsOut('regression', 'unknown')).toBe(false);
});
