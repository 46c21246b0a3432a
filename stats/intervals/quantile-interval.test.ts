import { expect, test } from 'vitest';
import { gridOf } from '../asinh-grid.ts';
import fixture from '../fixtures/intervals.json' with { type: 'json' };
import { random, randomNormal } from '../random.ts';
import { countsOf } from '../sample.testing.ts';
import { quantileInterval, quantileRanks } from './quantile-interval.ts';

test.each(fixture.ranks)('scipy: ranks for n = %d, p = %d', (n, p, low, high, enough) => {
  expect(quantileRanks(Number(n), Number(p))).toEqual(enough ? { low, high } : null);
});

test('the interval covers the true quantile about 95 times in 100', () => {
  const next = random(4);
  for (const [p, truth] of [
    [0.5, 0],
    [0.95, 1.6448536],
    [0.99, 2.3263479],
  ] as const) {
    let covered = 0;
    for (let run = 0; run < 200; run++) {
      const values = Array.from({ length: 500 }, () => randomNormal(next));
      const grid = gridOf(values);
      const found = quantileInterval(countsOf(values, grid).grid, p, grid);
      if ('value' in found && found.low <= truth && truth <= found.high) covered++;
    }
    expect(covered).toBeGreaterThan(180);
    expect(covered).toBeLessThan(200);
  }
});

test('of whole numbers the true quantile is held, though it lies at the beginning of its cell', () => {
  const next = random(5);
  const grid = { center: 7, scale: 3 };
  for (let run = 0; run < 50; run++) {
    const values = Array.from({ length: 300 }, () => Math.round(7 + 3 * randomNormal(next)));
    const found = quantileInterval(countsOf(values, grid).grid, 0.5, grid);
    if (!('value' in found)) throw new Error(found.reason);
    expect(found.low).toBeLessThanOrEqual(7);
    expect(found.high).toBeGreaterThanOrEqual(7);
    expect(found.high - found.low).toBeLessThan(2.1);
  }
});

test('too few values for the tail', () => {
  const grid = { center: 0, scale: 1 };
  const counts = countsOf([1, 2, 3, 4, 5, 6, 7, 8], grid).grid;
  expect(quantileInterval(counts, 0.99, grid)).toEqual({ reason: 'not_enough_data' });
  expect(quantileInterval(new Map(), 0.5, grid)).toEqual({ reason: 'not_enough_data' });
  expect('value' in quantileInterval(counts, 0.5, grid)).toBe(true);
});
