import { expect, test } from 'vitest';
import { shareGap } from './share-gap.ts';

test('equal shares are 0 at any size, near 1 nothing is lost', () => {
  expect(shareGap(1, 3, 33_333_333, 99_999_999)).toBe(0);
  expect(shareGap(1e9 - 3, 1e9, 1e9 - 1, 1e9)).toBeCloseTo(2e-9, 24);
  expect(shareGap(0, 5, 5, 5)).toBe(1);
  expect(shareGap(5, 5, 0, 5)).toBe(-1);
});
