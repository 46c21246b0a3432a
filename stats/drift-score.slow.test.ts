import { expect, test } from 'vitest';
import { driftsFound } from './drift-simulation.testing.ts';
import { random } from './random.ts';

test.each([
  [200, 200],
  [1000, 1000],
  [10_000, 10_000],
  [10_000, 200],
  [10_000, 1000],
  [200, 10_000],
])('no drift, reference of %d, window of %d: at most 1 alarm in 400, for 10 and 20 bins', (m, n) => {
  for (const bins of [10, 20]) {
    expect(driftsFound({ m, n, bins, shift: 0, runs: 400 }, random(m + n))).toBeLessThanOrEqual(1);
  }
});

test('no drift at 200,000: none in 60', () => {
  expect(driftsFound({ m: 200_000, n: 200_000, bins: 10, shift: 0, runs: 60 }, random(1))).toBe(0);
});

test.each([1000, 10_000])('half a standard deviation at %d: always', (n) => {
  for (const bins of [10, 20]) {
    expect(driftsFound({ m: n, n, bins, shift: 0.5, runs: 200 }, random(n))).toBe(200);
  }
});

test.each([1000, 10_000, 100_000])('a fifth of a standard deviation at %d: under one in a hundred', (n) => {
  const runs = n > 10_000 ? 40 : 400;
  expect(driftsFound({ m: n, n, bins: 10, shift: 0.2, runs }, random(n))).toBeLessThanOrEqual(runs / 100);
});
