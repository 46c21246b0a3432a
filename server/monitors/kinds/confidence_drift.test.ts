import { expect, test } from 'vitest';
import { random } from '../../../stats/random.ts';
import { columnOf, judgeLast } from '../test-subjects.ts';
import { confidence_drift } from './confidence_drift.ts';

/** Scores between two bounds. */
function scores(n: number, from: number, to: number, seed: number): number[] {
  const next = random(seed);
  return Array.from({ length: n }, () => from + (to - from) * next());
}
const reference = scores(5_000, 0.6, 0.9, 1);
const hours = (from: number, to: number, n = 50) =>
  Array.from({ length: 24 }, (_, i) => scores(n, from, to, i + 10));

test.each([
  ['as sure as before', hours(0.6, 0.9), 'clear'],
  ['scores of 0.6 to 0.9 collapse to a half', hours(0.5, 0.5), 'breach'],
  ['surer than ever', hours(0.9, 0.99), 'breach'],
])('%s', (_name, cells, verdict) => {
  expect(judgeLast(confidence_drift, columnOf(reference, cells))).toMatchObject({ verdict });
});

test.each([
  ['no reference', columnOf(null, hours(0.5, 0.5)), 'no_reference'],
  ['too few', columnOf(reference, hours(0.5, 0.5, 2)), 'too_few_predictions'],
  ['nothing came', columnOf(reference, [...hours(0.6, 0.9), []]), 'no_predictions'],
])('%s: a named reason', (_name, subject, reason) => {
  expect(judgeLast(confidence_drift, subject)).toMatchObject({ value: null, reason });
});

test('it is about the model, one series of the score, and does not page', () => {
  expect(confidence_drift).toMatchObject({
    perColumn: false,
    modelColumns: ['_score', '_probabilities'],
    severity: 'ticket',
  });
});
