import { expect, test } from 'vitest';
import { type Grid, gridIndex, gridOf, sampleQuantile } from './asinh-grid.ts';
import { gridMean, gridQuantile, mergeInto, total } from './grid-summary.ts';
import { random, randomNormal } from './random.ts';

function onGrid(values: readonly number[], grid: Grid): Map<number, number> {
  const counts = new Map<number, number>();
  for (const x of values) counts.set(gridIndex(x, grid), (counts.get(gridIndex(x, grid)) ?? 0) + 1);
  return counts;
}

test('quantiles and mean are within a cell of the sample', () => {
  const next = random(3);
  const values = Array.from({ length: 5000 }, () => Math.exp(randomNormal(next)));
  const grid = gridOf(values);
  const counts = onGrid(values, grid);
  const sorted = values.toSorted((a, b) => a - b);
  for (const p of [0.01, 0.25, 0.5, 0.95, 0.99]) {
    const exact = sampleQuantile(sorted, p);
    const got = gridQuantile(counts, p, grid);
    expect('value' in got && Math.abs(got.value - exact)).toBeLessThan(0.02 * (Math.abs(exact) + grid.scale));
  }
  const mean = values.reduce((a, b) => a + b) / values.length;
  const got = gridMean(counts, grid);
  expect('value' in got && Math.abs(got.value - mean)).toBeLessThan(0.02 * mean);
});

test('known extremes sharpen the ends: a constant column is exact', () => {
  const grid = { center: 0, scale: 1 };
  const counts = onGrid([5, 5, 5], grid);
  for (const p of [0, 0.5, 1])
    expect(gridQuantile(counts, p, grid, { min: 5, max: 5 })).toEqual({ value: 5 });
  expect(gridMean(counts, grid, { min: 5, max: 5 })).toEqual({ value: 5 });
});

test('nothing in, nothing out', () => {
  const grid = { center: 0, scale: 1 };
  expect(gridQuantile(new Map(), 0.5, grid)).toEqual({ reason: 'not_enough_data' });
  expect(gridMean(new Map(), grid)).toEqual({ reason: 'not_enough_data' });
});

test('merging adds', () => {
  const merged = mergeInto(new Map([[1, 2]]), new Map([[1, 3], [4, 1]])); // biome-ignore format: a pair of maps
  expect([...merged]).toEqual([[1, 5], [4, 1]]); // biome-ignore format: pairs
  expect(total(merged)).toBe(6);
});
