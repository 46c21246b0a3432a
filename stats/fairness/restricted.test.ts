import { expect, test } from 'vitest';
import { restricted } from './restricted.ts';

const number = (value: number, down: number, up = down) => ({ value, low: value - down, high: value + up });

test('what lies within the gap stays; two numbers alike in error move alike', () => {
  expect(restricted([number(0.2, 0.1), number(0.25, 0.1)], 0.1)).toEqual([0.2, 0.25]);
  const moved = restricted([number(0.4, 0.1), number(0.2, 0.1)], 0.1);
  expect(moved).toEqual([expect.closeTo(0.35, 9), expect.closeTo(0.25, 9)]);
});

test('the least certain moves furthest, by squares of the errors on the side where it moves', () => {
  const [low, high] = restricted([number(0.2, 0.3, 0.1), number(0.5, 0.2, 0.05)], 0.1);
  expect(low).toBeCloseTo(0.2 + 0.2 * (0.01 / 0.05), 9);
  expect(high).toBeCloseTo(low! + 0.1, 12);
  expect(restricted([number(0.2, 0), number(0.5, 0.2)], 0)).toEqual([expect.closeTo(0.2, 9), expect.closeTo(0.2, 9)]); // biome-ignore format: one line
});
