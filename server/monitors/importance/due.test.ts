import { expect, test } from 'vitest';
import { due, ROWS } from './due.ts';
import { spreadOf } from './sample.ts';

const DAY = 86_400_000;
const learned = (rows: number, predictions: number) => ({ tried_at: 0, rows, predictions });

test.each<[string, number, ReturnType<typeof learned> | undefined, number, boolean]>([
  ['too few to learn from', 199, undefined, 0, false],
  ['enough for the first time', 200, undefined, 0, true],
  ['a young model that grew a little', 399, learned(200, 200), DAY, false],
  ['a young model that doubled', 400, learned(200, 200), DAY, true],
  ['a young model that doubles every second', 400, learned(200, 200), 30_000, false],
  ['a grown model, the next day', 1e6, learned(ROWS, 1e5), DAY, false],
  ['a grown model, a week later', 1e6, learned(ROWS, 1e5), 7 * DAY, true],
  ['nothing came for a year', 1e5, learned(ROWS, 1e5), 365 * DAY, false],
])('%s', (_name, predictions, row, now, expected) => {
  expect(due(predictions, row, now)).toBe(expected);
});

test.each([
  ['one bucket of millions', [{ time: 9 * DAY, n: 10_000_000 }], { from: 9 * DAY, every: 20 }],
  [
    'only as many buckets as are wanted',
    [1, 2, 3, 4].map((day) => ({ time: day * DAY, n: 60_000 })),
    { from: 3 * DAY, every: 20 },
  ],
  ['a slow model: every row of four weeks', [{ time: 40 * DAY, n: 10 }], { from: 12 * DAY, every: 1 }],
])('a sample is bounded in time: %s', (_name, traffic, expected) => {
  expect(spreadOf(traffic, traffic.at(-1)!.time)).toEqual(expected);
});
