import { expect, test } from 'vitest';
import { stretchesOf } from './move-predictions.ts';

const MINUTE = 60_000;
const minutes = (...rows: number[]) => rows.map((n, i) => ({ from: i * MINUTE, rows: n }));

test.each([
  ['none', [], []],
  ['few together', [1, 2, 3], [[0, 3, 6]]],
  [
    'as many as one statement holds',
    [4, 6, 1],
    [
      [0, 2, 10],
      [2, 3, 1],
    ],
  ],
  [
    'a minute that has more, by itself',
    [1, 50, 1],
    [
      [0, 1, 1],
      [1, 2, 50],
      [2, 3, 1],
    ],
  ],
])('minutes with predictions: %s', (_name, rows, expected) =>
  expect(stretchesOf(minutes(...rows), 10)).toEqual(
    expected.map(([from, to, n]) => ({ from: from! * MINUTE, to: to! * MINUTE, rows: n })),
  ),
);
