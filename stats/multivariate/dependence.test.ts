import { expect, test } from 'vitest';
import fixture from '../fixtures/whole.json' with { type: 'json' };
import { random, randomNormal } from '../random.ts';
import { type Coded, dependence, dependenceChanged } from './dependence.ts';

const ranks = (z: readonly number[]): Coded => ({ kind: 'ranks', z: Float64Array.from(z) });
const bins = (places: readonly number[], count: number): Coded => ({
  kind: 'bins',
  bins: Int16Array.from(places),
  count,
});

test('ranks: Spearman’s as SciPy has it, with the variance of the infinitesimal jackknife', () => {
  const { u, v, value, spearman, scaled, variance } = fixture.ranks;
  const found = dependence(ranks(u), ranks(v))!;
  expect(found.value).toBeCloseTo(value, 9);
  expect(found.value).toBeCloseTo(spearman, 9);
  expect(found.scaled).toBeCloseTo(scaled, 9);
  expect(found.variance / Math.max(variance, 1 / u.length)).toBeCloseTo(1, 3);
});

test('bins: Cramér’s V of Bergsma, with numerical derivatives of φ²', () => {
  const { a, b, value, scaled, variance } = fixture.bins;
  const found = dependence(bins(a, 4), bins(b, 3))!;
  expect(found.value).toBeCloseTo(value, 9);
  expect(found.scaled).toBeCloseTo(scaled, 9);
  expect(found.variance / variance).toBeCloseTo(1, 3);
});

test('ranks between bins: Kelley’s ε² by the F of SciPy, with numerical derivatives of η²', () => {
  const { z, group, value, scaled, variance } = fixture.ratio;
  const found = dependence(ranks(z), bins(group, 4))!;
  expect(found).toMatchObject({ measure: 'correlation_ratio', n: 300 });
  expect(found.value).toBeCloseTo(value, 9);
  expect(found.scaled).toBeCloseTo(scaled, 9);
  expect(found.variance / variance).toBeCloseTo(1, 3);
  expect(dependence(bins(group, 4), ranks(z))).toEqual(found);
});

test('nothing to tell: few rows, no variance, missing values', () => {
  expect(dependence(ranks([1, 2]), ranks([1, 2]))).toBeNull();
  const same = ranks(new Array(100).fill(0));
  expect(dependence(same, same)).toBeNull();
  expect(dependence(bins(new Array(100).fill(-1), 2), bins(new Array(100).fill(0), 2))).toBeNull();
});

test('without change the probability is no smaller than it says; half of a correlation is seen', () => {
  const next = random(3);
  const pair = (n: number, tied: number): [Coded, Coded] => {
    const x = Array.from({ length: n }, () => randomNormal(next));
    const y = x.map((value) => tied * value + Math.sqrt(1 - tied * tied) * randomNormal(next));
    const z = (values: readonly number[]) => {
      const sorted = Float64Array.from(values).sort();
      return ranks(values.map((value) => sorted.indexOf(value) / n));
    };
    return [z(x), z(y)];
  };
  let small = 0;
  for (let round = 0; round < 200; round++) {
    const p = dependenceChanged(dependence(...pair(200, 0.6))!, dependence(...pair(200, 0.6))!);
    small += Number(p < 0.05);
  }
  expect(small / 200).toBeLessThan(0.1);
  expect(small).toBeGreaterThan(1);
  expect(dependenceChanged(dependence(...pair(1000, 0.6))!, dependence(...pair(1000, 0.3))!)).toBeLessThan(
    1e-6,
  );
});
