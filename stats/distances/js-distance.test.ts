import { expect, test } from 'vitest';
import type { Outcome } from '../outcome.ts';
import { type JsDistance, jsDistance } from './js-distance.ts';

function scored(outcome: Outcome<JsDistance>): JsDistance {
  if (!('value' in outcome)) throw new Error(outcome.reason);
  return outcome;
}

test('the same shares are distance 0', () => {
  expect(scored(jsDistance([500, 500], [50, 50]))).toMatchObject({
    value: 0,
    low: 0,
    raw: 0,
    p: 1,
    m: 1000,
    n: 100,
    bins: 2,
  });
  expect(scored(jsDistance([100, 0], [300, 0]))).toMatchObject({
    value: 0,
    low: 0,
    high: 0,
    noiseFloor: 0,
    p: 1,
    bins: 1,
  });
});

test('the bias is (k − 1)/(8 ln 2) · (1/n + 1/m)', () => {
  const score = scored(jsDistance([250, 250, 250, 250], [100, 50, 30, 20]));
  const bias = (3 / (8 * Math.LN2)) * (1 / 1000 + 1 / 200);
  expect(score.noiseFloor ** 2).toBeCloseTo(bias, 12);
  expect(score.value ** 2).toBeCloseTo(score.raw ** 2 - bias, 12);
  expect(score.low).toBeLessThan(score.value);
  expect(score.high).toBeGreaterThan(score.value);
});

test('disjoint supports are almost 1, and surely so', () => {
  const score = scored(jsDistance([1000, 0], [0, 50]));
  expect(score.value).toBeGreaterThan(0.99);
  expect(score.low).toBeGreaterThan(0.97);
  expect(score.high).toBeLessThanOrEqual(1);
  expect(score.p).toBeLessThan(1e-15);
});

test('a column that goes 95 % null is near the maximum', () => {
  const reference = [...new Array<number>(10).fill(1000), 0];
  const current = [...new Array<number>(10).fill(1), 190];
  expect(scored(jsDistance(reference, current)).low).toBeGreaterThan(0.85);
});

test('five percent new nulls: 0.16 at every size, where the PSI ranges from 0.19 to 0.6', () => {
  for (const n of [1000, 10_000, 1_000_000]) {
    const score = scored(jsDistance([n, 0], [0.95 * n, 0.05 * n]));
    expect(score.value).toBeCloseTo(0.16, 2);
    expect(score.low).toBeGreaterThan(0.1);
  }
});

test('too little data is said, not scored', () => {
  const bins = new Array<number>(10).fill(1000);
  expect(jsDistance(bins, new Array<number>(10).fill(4))).toEqual({ reason: 'not_enough_data' });
  expect(jsDistance([10, 5], [500, 500])).toEqual({ reason: 'not_enough_data' });
  expect(jsDistance([0, 0], [500, 500])).toEqual({ reason: 'not_enough_data' });
  expect(jsDistance([1], [1, 1])).toEqual({ reason: 'different_bins' });
  expect('value' in jsDistance(bins, new Array<number>(10).fill(10))).toBe(true);
});
