import { expect, test } from 'vitest';
import type { Answer } from './ask.ts';
import { score, taskOf } from './score.ts';

const said = (...values: (string | number | null)[]): Answer[] =>
  values.map((value) => (value === null ? { reason: 'timeout', detail: 'none' } : { value, ms: 5 }));
const LABELS = Array.from({ length: 40 }, (_, i) => (i % 2 ? 'yes' : 'no'));

test('classes: the share that is right, and what was lost since the first run, row by row', () => {
  const first = score('classes', LABELS, said(...LABELS), null);
  expect(first).toMatchObject({ answered: 40, failed: null, quality: { value: 1 }, lost: null, p95: 5 });
  const same = score('classes', LABELS, said(...LABELS), first.scores);
  // A model that answers as before loses nothing, for certain.
  expect(same.lost).toEqual({ value: 0, low: 0, high: 0 });
  const worse = score('classes', LABELS, said(...LABELS.map(() => 'no')), first.scores);
  expect(worse).toMatchObject({ quality: { value: 0.5 }, lost: { value: 0.5 }, baseline: 1 });
  expect((worse.lost as { low: number }).low).toBeGreaterThan(0.3);
});

test('classes are compared as they are spelled, whatever the reply calls them', () => {
  expect(score('classes', [1, true, 'a'], said('1', 'true', 'b'), null).scores).toEqual([1, 1, 0]);
});

test('numbers: how far off; a text is no answer to a question for one', () => {
  const labels = Array.from({ length: 20 }, (_, i) => i);
  const scored = score('numbers', labels, said(...labels.map((y, i) => (i === 3 ? 'many' : y + 2))), null);
  expect(scored).toMatchObject({ answered: 19, failed: null, quality: { value: 2 } });
  expect(scored.unanswered).toEqual([{ reason: 'no_answer', n: 1, detail: 'the answer is no number' }]);
});

test('a run of which fewer than nine of ten rows had an answer tells nothing, and why', () => {
  const some = (lacking: number) => said(...LABELS.map((label, i) => (i < lacking ? null : label)));
  expect(score('classes', LABELS, some(4), null).failed).toBeNull();
  expect(score('classes', LABELS, some(5), null)).toMatchObject({ failed: 'timeout', answered: 35 });
  expect(score('classes', LABELS, some(40), null)).toMatchObject({ failed: 'timeout', p95: null });
});

test('rows without an answer now or then are left out of what was lost', () => {
  const before = score('classes', LABELS, said(null, ...LABELS.slice(1)), null).scores;
  const now = score('classes', LABELS, said(...LABELS.slice(0, -1), null), before);
  expect(now).toMatchObject({ lost: { value: 0 }, baseline: 1, failed: null });
});

test.each([
  [[0, 1, 1], 'classes'],
  [['a', 1], 'classes'],
  [Array.from({ length: 12 }, (_, i) => i / 7), 'numbers'],
] as const)('%j are %s', (labels, task) => expect(taskOf(labels)).toBe(task));
