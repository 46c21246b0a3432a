import { expect, test } from 'vitest';
import type { FeatureBins } from './feature.ts';
import { histogram } from './histogram.ts';
import { bestSplit } from './split.ts';
import { goesLeft } from './tree.ts';

const numeric: FeatureBins = { name: 'x', kind: 'numeric', thresholds: [1, 2, 3] };
const categorical: FeatureBins = { name: 'c', kind: 'categorical', categories: ['a', 'b', 'c'] };

function split(bins: FeatureBins, column: number[], gradient: number[], minLeaf = 1) {
  const rows = Int32Array.from(column.keys());
  const gradients = {
    gradient: Float64Array.from(gradient),
    hessian: new Float64Array(column.length).fill(1),
  };
  const sums = histogram([Uint8Array.from(column)], gradients, rows, 0, column.length);
  const g = gradient.reduce((a, b) => a + b, 0);
  return bestSplit(sums, [bins], { g, h: column.length, n: column.length }, { minLeaf, l2: 0 });
}

test('a threshold where the gradients change sign, with its gain', () => {
  const found = split(numeric, [1, 1, 2, 2, 3, 3], [1, 1, 1, 1, -2, -2])!;
  expect([1, 2, 3].map((bin) => goesLeft(found.low, found.high, bin))).toEqual([true, true, false]);
  expect(found.gain).toBeCloseTo(16 / 4 + 16 / 2 - 0, 12);
});

test('missing rows go where they lower the loss', () => {
  const left = split(numeric, [0, 0, 1, 1, 2, 2], [1, 1, 1, 1, -2, -2])!;
  expect(goesLeft(left.low, left.high, 0)).toBe(true);
  const right = split(numeric, [0, 0, 1, 1, 2, 2], [-2, -2, 2, 2, -2, 2])!;
  expect(goesLeft(right.low, right.high, 0)).toBe(false);
});

test('categories are split as a set', () => {
  const found = split(categorical, [1, 1, 2, 2, 3, 3], [1, 1, -2, -2, 1, 1])!;
  const sides = [1, 2, 3].map((bin) => goesLeft(found.low, found.high, bin));
  expect(sides[0]).toBe(sides[2]);
  expect(sides[0]).not.toBe(sides[1]);
});

test('no split: leaves too small, or nothing to gain', () => {
  expect(split(numeric, [1, 1, 2, 2], [1, 1, -1, -1], 3)).toBeNull();
  expect(split(numeric, [1, 1, 2, 2], [1, 1, 1, 1])).toBeNull();
  expect(split(numeric, [1, 1, 1], [1, 2, 3])).toBeNull();
});
