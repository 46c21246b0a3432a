import { expect, test } from 'vitest';
import { type Grid, gridIndex } from './asinh-grid.ts';
import { gridBars } from './grid-bars.ts';
import { random, randomNormal } from './random.ts';

const grid: Grid = { center: 0, scale: 1 };

function mapOf(values: readonly number[], of: Grid = grid): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) {
    const index = gridIndex(value, of);
    counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  return counts;
}

const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);

test('every value is in a bar, and the bars of even values are even', () => {
  const values = Array.from({ length: 10_000 }, (_, i) => i / 10_000);
  const bars = gridBars(mapOf(values), grid, 10, { min: 0, max: 0.9999 })!;
  expect(sum(bars.counts)).toBeCloseTo(10_000, 6);
  for (const count of bars.counts.slice(1, -1)) expect(count).toBeCloseTo(980, -1.5);
});

test('an outlier does not make one bar of the rest', () => {
  const next = random(3);
  const values = Array.from({ length: 2_000 }, () => randomNormal(next));
  const bars = gridBars(mapOf([...values, 1e9]), grid, 24)!;
  expect(bars.to).toBeLessThan(4);
  expect(Math.max(...bars.counts)).toBeLessThan(500);
  expect(sum(bars.counts)).toBeCloseTo(2_001, 6);
});

test.each([
  ['constant', [5, 5, 5], { min: 5, max: 5 }, [3]],
  ['one value', [5], { min: 5, max: 5 }, [1]],
])('%s: one bar', (_name, values, extremes, counts) => {
  expect(gridBars(mapOf(values), grid, 8, extremes)?.counts).toEqual(counts);
});

test('nothing is nothing; the ends of the numbers are finite', () => {
  expect(gridBars(new Map(), grid, 8)).toBeNull();
  const wide = gridBars(mapOf([-1.7e308, 0, 1.7e308]), grid, 8, { min: -1.7e308, max: 1.7e308 })!;
  expect(sum(wide.counts)).toBeCloseTo(3, 6);
  for (const count of wide.counts) expect(Number.isFinite(count)).toBe(true);
});
