import { expect, test } from 'vitest';
import { type Axis, cellOf } from '../axis.ts';
import { histogramOf } from './histogram.ts';

const whole: Axis = { kind: 'linear', center: 50, step: 1, whole: true };
const cells = (values: readonly number[], axis: Axis) => {
  const grid = new Map<number, number>();
  for (const value of values) grid.set(cellOf(value, axis), (grid.get(cellOf(value, axis)) ?? 0) + 1);
  return grid;
};

test('few whole numbers: a bar each', () => {
  const histogram = histogramOf(whole, [cells([3, 3, 5], whole), cells([6], whole)]);
  expect(histogram).toEqual({
    edges: [3, 4, 5, 6, 7],
    scale: 'linear',
    counts: [
      [2, 0, 1, 0],
      [0, 0, 0, 1],
    ],
  });
});

test('a wide range: round edges, at most 24 bars and one more, every value once', () => {
  const fine: Axis = { kind: 'linear', center: 500, step: 2.5, whole: false };
  const values = Array.from({ length: 1000 }, (_, i) => i);
  const { edges, counts } = histogramOf(fine, [cells(values, fine)])!;
  expect(edges.length - 1).toBeLessThanOrEqual(25);
  expect(edges.length - 1).toBeGreaterThanOrEqual(14);
  expect(edges.slice(0, 3)).toEqual([0, 50, 100]);
  expect(counts[0]!.reduce((a, b) => a + b)).toBe(1000);
  expect(Math.max(...counts[0]!)).toBe(50);
});

test('a far outlier does not press the rest into one bar', () => {
  const values = [...Array.from({ length: 999 }, (_, i) => i % 100), 900];
  const { edges, counts } = histogramOf(whole, [cells(values, whole)])!;
  expect(edges.at(-1)).toBeLessThanOrEqual(105);
  expect(counts[0]!.reduce((a, b) => a + b)).toBe(1000);
});

test('heavy tails: equal bars on the bent axis', () => {
  const bent: Axis = { kind: 'asinh', center: 0, step: 1, whole: false };
  const values = Array.from({ length: 500 }, (_, i) => 1.03 ** i);
  const { edges, scale } = histogramOf(bent, [cells(values, bent)])!;
  expect(scale).toBe('asinh');
  expect(edges.at(-1)! - edges.at(-2)!).toBeGreaterThan(10 * (edges[1]! - edges[0]!));
});

test('nothing counted', () => {
  expect(histogramOf(whole, [new Map(), new Map()])).toBeNull();
});
