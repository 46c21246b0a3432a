import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gridEdge, gridIndex, gridOf, sampleQuantile } from './asinh-grid.ts';

const unit = { center: 0, scale: 1 };

test('the formula: floor(64 asinh((x − c) / s))', () => {
  expect(gridIndex(0, unit)).toBe(0);
  expect(gridIndex(-1e-12, unit)).toBe(-1);
  expect(gridIndex(1, unit)).toBe(56);
  expect(gridIndex(1e300, unit)).toBe(44253);
  expect(gridIndex(13, { center: 10, scale: 2 })).toBe(76);
});

test('extremes stay in Int32 and edges stay finite', () => {
  expect(gridIndex(Infinity, unit)).toBe(2147483647);
  expect(gridIndex(-Infinity, unit)).toBe(-2147483648);
  expect(gridIndex(1.7e308, { center: -1.7e308, scale: 1e-300 })).toBe(2147483647);
  expect(gridEdge(2147483647, unit)).toBe(Number.MAX_VALUE);
  expect(() => gridIndex(Number.NaN, unit)).toThrow(RangeError);
});

test('every value lies in its cell, and the grid is monotone', () => {
  const value = fc.double({ min: -1e12, max: 1e12, noNaN: true });
  fc.assert(
    fc.property(value, value, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (x, y, scale) => {
      const grid = { center: 3, scale };
      const i = gridIndex(x, grid);
      const slack = 1e-9 * Math.max(Math.abs(x), scale, 3);
      expect(gridEdge(i, grid)).toBeLessThanOrEqual(x + slack);
      expect(gridEdge(i + 1, grid)).toBeGreaterThanOrEqual(x - slack);
      if (x < y) expect(i).toBeLessThanOrEqual(gridIndex(y, grid));
    }),
  );
});

test.each([
  ['median and IQR', [1, 2, 3, 4, 5], { center: 3, scale: 2 / 1.349 }],
  ['IQR 0: standard deviation', [7, 7, 7, 7, 7, 7, 7, 7, 7, 17], { center: 7, scale: 3 }],
  ['constant: its size', [-4, -4], { center: -4, scale: 4 }],
  ['constant zero: 1', [0, 0, 0], { center: 0, scale: 1 }],
  ['empty: the unit grid', [], { center: 0, scale: 1 }],
  ['not finite: ignored', [Number.NaN, Infinity, 1, 2, 3, 4, 5], { center: 3, scale: 2 / 1.349 }],
  ['overflowing spread', [-1.7e308, -1.7e308, 1.7e308, 1.7e308], { center: 0, scale: 1 }],
])('grid of a sample: %s', (_, values, expected) => {
  const grid = gridOf(values);
  expect(grid.center).toBeCloseTo(expected.center, 12);
  expect(grid.scale).toBeCloseTo(expected.scale, 12);
});

test('quantiles of a sample: R-7', () => {
  expect(sampleQuantile([1, 2, 4, 8], 0.5)).toBe(3);
  expect(sampleQuantile([1, 2, 4, 8], 0.9)).toBeCloseTo(6.8, 12);
  expect(() => sampleQuantile([], 0.5)).toThrow(RangeError);
});
