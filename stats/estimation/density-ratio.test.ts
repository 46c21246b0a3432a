import { expect, test } from 'vitest';
import { random, randomNormal } from '../random.ts';
import { crossFolds, densityRatio, flattened } from './density-ratio.ts';

const column = (values: number[]) => [{ name: 'x', kind: 'numeric' as const, values }];
const normals = (n: number, mean: number, seed: number) => {
  const next = random(seed);
  return Array.from({ length: n }, () => mean + randomNormal(next));
};

test('the true ratio of two normals, on average', () => {
  const before = normals(3000, 0, 1);
  const found = densityRatio(column(before), column(normals(3000, 0.7, 2)), { random: random(3) });
  if ('reason' in found) throw new Error(found.reason);
  const truth = before.map((x) => Math.exp(0.7 * x - 0.245));
  const weighted = before.reduce((sum, x, i) => sum + x * found.weights[i]!, 0) / 3000;
  expect(weighted).toBeGreaterThan(0.6);
  expect(weighted).toBeLessThan(0.8);
  const error = truth.reduce((sum, r, i) => sum + Math.abs(r - found.weights[i]!), 0) / 3000;
  expect(error).toBeLessThan(0.25);
  expect(found.effectiveSize).toBeLessThan(2400);
  expect(found.overlap).toMatchObject({ value: expect.closeTo(1, 1) });
});

test('no shift: weights near 1; no common support: told', () => {
  const same = densityRatio(column(normals(1000, 0, 4)), column(normals(1000, 0, 5)), { random: random(3) });
  expect('effectiveSize' in same && same.effectiveSize).toBeGreaterThan(900);
  const apart = densityRatio(column(normals(1000, 0, 4)), column(normals(1000, 12, 5)), {
    random: random(3),
  });
  expect('overlap' in apart && apart.overlap).toMatchObject({
    value: expect.toSatisfy((x: number) => x < 0.05),
  });
});

test('too few rows, no columns, folds', () => {
  expect(densityRatio(column([1]), column([2]), { random: random(1) })).toEqual({
    reason: 'not_enough_data',
  });
  expect(densityRatio([], [], { random: random(1) })).toEqual({ reason: 'not_enough_data' });
  const folds = crossFolds(7, 3, random(1));
  expect(folds.flatMap(({ testing }) => testing).sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test('weights that rest on few rows are pulled towards one', () => {
  const overlap = { value: 1, low: 1, high: 1 };
  const weights = Float64Array.from([0.2, 0.2, 0.2, 3.4]);
  const of = (effectiveSize: number) => flattened({ weights, effectiveSize, overlap });
  expect(of(1e6)[3]).toBeCloseTo(3.4, 2);
  const [half, few] = [of(100), of(1.37)];
  expect(half[3]! / half[0]!).toBeCloseTo(Math.sqrt(17), 12);
  expect(few[3]).toBeLessThan(1.1);
  for (const each of [half, few]) expect(each.reduce((sum, w) => sum + w, 0)).toBeCloseTo(4, 12);
});
