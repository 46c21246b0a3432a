import { expect, test } from 'vitest';
import { mergedSamples, moments, sampleOf, sampleOfGrid, sampleOfSorted } from './sample.ts';

test('distinct values with counts, without what is not finite', () => {
  const sample = sampleOf([2, 1, Number.NaN, 2, Infinity, -0, 0]);
  expect([...sample.values]).toEqual([0, 1, 2]);
  expect([...sample.counts]).toEqual([2, 1, 2]);
  expect(sample.n).toBe(5);
});

test('numbers of which none occurs twice are the sample themselves, but for a zero with a sign', () => {
  expect(sampleOfSorted(Float64Array.of(-1, 2, 3))).toEqual({ values: Float64Array.of(-1, 2, 3), counts: Float64Array.of(1, 1, 1), n: 3 }); // biome-ignore format: one sample
  expect(Object.is(sampleOfSorted(Float64Array.of(-1, -0)).values[1], 0)).toBe(true);
  expect(sampleOfSorted(new Float64Array(0)).n).toBe(0);
});

test('a grid’s values are the middles of its cells', () => {
  const sample = sampleOfGrid(new Map([[0, 3], [-1, 1]]), { center: 0, scale: 64 }); // biome-ignore format: a map
  expect(sample.n).toBe(4);
  expect(sample.values[1]).toBeCloseTo(0.5, 3);
  expect(sample.values[0]).toBeCloseTo(-0.5, 3);
});

test('merging keeps ties together', () => {
  const merged = mergedSamples(sampleOf([1, 2, 2]), sampleOf([2, 3]));
  expect(merged).toEqual({
    values: Float64Array.of(1, 2, 3),
    reference: Float64Array.of(1, 2, 0),
    current: Float64Array.of(0, 1, 1),
  });
});

test('moments do not cancel', () => {
  const { mean, variance } = moments(sampleOf([1e9 + 1, 1e9 + 2, 1e9 + 3]));
  expect(mean).toBe(1e9 + 2);
  expect(variance).toBe(1);
  expect(moments(sampleOf([5]))).toEqual({ mean: 5, variance: 0 });
});
