import { expect, test } from 'vitest';
import { goesLeft, leafValue, type Tree } from './tree.ts';

test('every bit of the mask is one bin', () => {
  for (const bin of [0, 1, 31, 32, 63]) {
    const low = bin < 32 ? 1 << bin : 0;
    const high = bin < 32 ? 0 : 1 << (bin - 32);
    for (let other = 0; other < 64; other++) expect(goesLeft(low, high, other)).toBe(other === bin);
  }
});

test('a row walks to its leaf', () => {
  const tree: Tree = {
    feature: [0, -1, 1, -1, -1],
    low: [0b11, 0, 0b1, 0, 0],
    high: [0, 0, 0, 0, 0],
    left: [1, 0, 3, 0, 0],
    right: [2, 0, 4, 0, 0],
    value: [0, 10, 0, 20, 30],
    gain: [1, 0, 1, 0, 0],
    cover: [3, 1, 2, 1, 1],
  };
  expect(leafValue(tree, [1, 5])).toBe(10);
  expect(leafValue(tree, [9, 0])).toBe(20);
  expect(leafValue(tree, [9, 5])).toBe(30);
});
