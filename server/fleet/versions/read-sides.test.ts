import { expect, test } from 'vitest';
import { newestPart, spanOf } from './read-sides.ts';

test('of a version with more profiles than are read at once its newest part is read', () => {
  expect(newestPart({ from: 0, to: 10 }, 1, 25_000)).toEqual({ from: 6, to: 10, cut: true });
  expect(newestPart({ from: 0, to: 10 }, 1, 40)).toEqual({ from: 0, to: 10, cut: false });
  expect(newestPart({ from: 0, to: 10 }, 1, 1e9)).toEqual({ from: 9, to: 10, cut: true });
});

test('a version answers from its first step to the end of its last one', () => {
  const range = { from: 5, to: 95, step: 10 };
  expect(spanOf(new Map(), range)).toBeNull();
  expect(spanOf(new Map([[0, 1]]), range)).toEqual({ from: 5, to: 10 });
  expect(
    spanOf(
      new Map([
        [20, 1],
        [50, 3],
        [90, 1],
      ]),
      range,
    ),
  ).toEqual({ from: 20, to: 95 });
});
