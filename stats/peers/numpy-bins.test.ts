import { expect, test } from 'vitest';
import { binEdges, doane, evenEdges, histogram, sturges } from './numpy-bins.ts';

test('Sturges: log₂ n + 1 bins; whole numbers have none narrower than 1', () => {
  const x = Float64Array.from({ length: 16 }, (_, i) => i / 4);
  expect([...binEdges(x, sturges)]).toEqual([0, 0.75, 1.5, 2.25, 3, 3.75]);
  const few = Float64Array.from([0, 1, 2, 2, 1, 0, 1, 2, 2, 1, 0, 0, 1, 2, 1, 0]);
  expect(binEdges(few, sturges)).toHaveLength(6);
  expect([...binEdges(few, sturges, true)]).toEqual([0, 1, 2]);
});

test('Doane adds bins for skewed data', () => {
  const skewed = Float64Array.from({ length: 64 }, (_, i) => Math.exp(i / 8));
  expect(binEdges(skewed, doane).length).toBeGreaterThan(binEdges(skewed, sturges).length);
  expect([...binEdges(Float64Array.from([1, 2]), doane)]).toEqual([1, 2]);
});

test('a constant or empty sample has one bin of width 1', () => {
  expect([...binEdges(new Float64Array(5).fill(3), doane)]).toEqual([2.5, 3.5]);
  expect([...binEdges(new Float64Array(0), sturges)]).toEqual([0, 1]);
});

test('a bin holds its lower edge, the last one its upper edge too; what lies outside is not counted', () => {
  const x = Float64Array.from([-1, 0, 0.5, 1, 1.5, 2, 2.0001, Number.NaN]);
  expect(histogram(x, evenEdges(0, 2, 2))).toEqual([2, 3]);
});
