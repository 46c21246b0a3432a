import { expect, test } from 'vitest';
import { random } from '../random.ts';
import { countChange } from './count-change.ts';

/** Rows of `n` draws each, of which the share of the second bin is `before` until `at` and `after` from there on. */
function drawn(
  length: number,
  at: number,
  before: number,
  after: number,
  n: number,
  seed: number,
): number[][] {
  const next = random(seed);
  return Array.from({ length }, (_, i) => {
    let hits = 0;
    for (let k = 0; k < n; k++) if (next() < (i < at ? before : after)) hits++;
    return [n - hits, hits];
  });
}

test('finds the element at which shares change', () => {
  expect(
    countChange([
      [9, 1],
      [9, 1],
      [1, 9],
      [1, 9],
    ]),
  ).toMatchObject({ at: 2, low: 2, high: 2 });
});

test('too few elements, or all alike, have none', () => {
  expect(countChange([])).toBeNull();
  expect(
    countChange([
      [1, 2],
      [2, 1],
    ]),
  ).toBeNull();
  expect(
    countChange([
      [5, 5],
      [5, 5],
      [5, 5],
      [5, 5],
    ]),
  ).toBeNull();
});

test('elements without counts are passed over', () => {
  expect(
    countChange([
      [9, 1],
      [0, 0],
      [9, 1],
      [0, 0],
      [1, 9],
      [1, 9],
    ])?.at,
  ).toBe(4);
});

test('its interval holds the true moment in about 95 of a hundred, and is wide where the change is small', () => {
  const found = Array.from({ length: 200 }, (_, seed) => countChange(drawn(40, 25, 0.1, 0.16, 200, seed))!);
  const held = found.filter(({ low, high }) => low <= 25 && high >= 25).length;
  expect(held).toBeGreaterThanOrEqual(180);
  const plain = countChange(drawn(40, 25, 0.1, 0.6, 200, 1))!;
  expect(plain).toMatchObject({ at: 25, low: 25, high: 25 });
  expect(plain.gain).toBeGreaterThan(100);
});

test('without a change the gain is small', () => {
  const gains = Array.from(
    { length: 100 },
    (_, seed) => countChange(drawn(40, 0, 0.1, 0.1, 200, seed))?.gain ?? 0,
  );
  expect(gains.filter((gain) => gain < 12).length).toBeGreaterThanOrEqual(97);
});
