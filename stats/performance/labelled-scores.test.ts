import { expect, test } from 'vitest';
import { scoredRows, scoreRanks } from './labelled-scores.ts';

test('rows with a 0/1 label and a finite score count', () => {
  expect(scoredRows({ label: [1, false, 2, null, 1], score: [0.5, 0.1, 1, 1, Infinity] })).toEqual([
    { score: 0.5, positive: true },
    { score: 0.1, positive: false },
  ]);
});

test('equal scores share a rank', () => {
  const { positive, negative } = scoreRanks({ label: [1, 0, 1, 0], score: [1e9, -3, 0.5, 0.5] });
  expect([...positive]).toEqual([
    [2, 1],
    [3, 1],
  ]);
  expect([...negative]).toEqual([
    [1, 1],
    [2, 1],
  ]);
});
