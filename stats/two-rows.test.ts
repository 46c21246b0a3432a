import { expect, test } from 'vitest';
import { likelihoodRatio, pearson, twoRows } from './two-rows.ts';

test('the table without its empty columns', () => {
  const table = twoRows([10, 0, 30], [20, 0, 20])!;
  expect(table).toEqual({
    columns: [
      { reference: 10, current: 20 },
      { reference: 30, current: 20 },
    ],
    m: 40,
    n: 40,
  });
  expect(pearson(table)).toBeCloseTo(16 / 3, 12);
  expect(likelihoodRatio(table)).toBeCloseTo(20 * Math.log(2 / 3) + 40 * Math.log(4 / 3) + 60 * Math.log(1.2) + 40 * Math.log(0.8), 12); // biome-ignore format: one line
  expect(twoRows([0, 0], [1, 2])).toBeNull();
});

test('equal shares at other sizes are exactly 0', () => {
  const table = twoRows([1, 2, 4], [100_000_003, 200_000_006, 400_000_012])!;
  expect(pearson(table)).toBe(0);
  expect(likelihoodRatio(table)).toBe(0);
});

test('a single observation beside hundreds of millions keeps the digits of both', () => {
  const n = 259_348_604;
  const expected = 2 * (n * Math.log1p(1 / n) + Math.log(n + 1));
  for (const table of [twoRows([0, 1], [n, 0])!, twoRows([n, 0], [0, 1])!])
    expect(Math.abs(likelihoodRatio(table) / expected - 1)).toBeLessThan(1e-14);
});
