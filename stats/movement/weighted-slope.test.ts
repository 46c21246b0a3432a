import { expect, test } from 'vitest';
import { random, randomNormal } from '../random.ts';
import { weightedSlope } from './weighted-slope.ts';

const VALUES = [0.91, 0.9, 0.905, 0.89, 0.885, 0.89, 0.87, 0.865];

// Python 3.12, statistics.linear_regression: of the points, and of the points repeated as often as their weight says.
test.each([
  ['alike', [1, 1, 1, 1, 1, 1, 1, 1], -0.006130952380952386],
  ['with weights', [1, 2, 1, 3, 1, 2, 1, 2], -0.005829268292682932],
])('the slope of values %s', (_name, weights, slope) => {
  const points = VALUES.map((value, time) => ({ time, value, error: 1 / Math.sqrt(weights[time]!) }));
  expect((weightedSlope(points, 0.95) as { value: number }).value).toBeCloseTo(slope, 12);
});

test.each([
  ['errors that are true', 1],
  ['values that vary by twice their errors', 2],
])('the interval holds 0 where there is no slope, with %s', (_name, factor) => {
  const next = random(11);
  const runs = 1_000;
  let held = 0;
  for (let run = 0; run < runs; run++) {
    const points = Array.from({ length: 8 }, (_, time) => ({
      ...{ time, value: factor * randomNormal(next), error: 1 },
    }));
    const found = weightedSlope(points, 0.95) as { low: number; high: number };
    if (found.low <= 0 && found.high >= 0) held++;
  }
  // Of errors that are true it is wider than need be, never narrower.
  expect(held / runs).toBeGreaterThan(0.93);
});

test('too few points, and all at one time, are told by name', () => {
  const point = { time: 1, value: 1, error: 1 };
  expect(weightedSlope([point, point, point], 0.95)).toEqual({ reason: 'not_enough_data' });
  expect(weightedSlope([point, point, point, point], 0.95)).toEqual({ reason: 'not_enough_data' });
});
