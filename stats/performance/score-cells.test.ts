import { expect, test } from 'vitest';
import { cellProbability, scoreCells } from './score-cells.ts';

test('cells of both labels, ascending, empty ones left out', () => {
  const positive = new Map([[5, 2], [1, 0]]); // biome-ignore format: a map
  const negative = new Map([[5, 1], [-3, 4]]); // biome-ignore format: a map
  expect(scoreCells({ positive, negative })).toEqual([
    { index: -3, positive: 0, negative: 4 },
    { index: 5, positive: 2, negative: 1 },
  ]);
});

test('a probability stays in [0, 1]', () => {
  const grid = { center: 0.5, scale: 0.3 };
  expect(cellProbability(0, grid)).toBeCloseTo(0.5023, 3);
  expect(cellProbability(10_000, grid)).toBe(1);
  expect(cellProbability(-10_000, grid)).toBe(0);
});
