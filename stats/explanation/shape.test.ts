import { expect, test } from 'vitest';
import { wassersteinDistance } from '../comparisons/wasserstein.ts';
import { random, randomNormal } from '../random.ts';
import { sampleOf } from '../sample.ts';
import {
  mapped,
  mixed,
  NO_SHAPE,
  nearestMixture,
  shaped,
  shapeGap,
  shapeOf,
  shapeQuantile,
  within,
} from './shape.ts';

const GRID = { center: 0, scale: 1 };
const next = random(5);
const sample = (n: number, map: (x: number) => number) =>
  Array.from({ length: n }, () => map(randomNormal(next)));
const of = (values: number[]) => shaped(values.map((value) => [value, 1]));

test('the gap is Wasserstein-1 of the values on the axis of the grid', () => {
  const [a, b] = [sample(200, (x) => x), sample(150, (x) => 3 * x + 2)];
  const expected = wassersteinDistance(sampleOf(a.map(Math.asinh)), sampleOf(b.map(Math.asinh)));
  expect(shapeGap(of(a), of(b), GRID)).toBeCloseTo('value' in expected ? expected.value : Number.NaN, 10);
});

test('two points: the distance of their places; the same: none; an empty one: none', () => {
  expect(shapeGap(of([0]), of([Math.sinh(2)]), GRID)).toBeCloseTo(2, 12);
  expect(shapeGap(of([1, 2, 3]), of([3, 2, 1]), GRID)).toBe(0);
  expect(shapeGap(NO_SHAPE, of([1]), GRID)).toBe(0);
});

test('equal places become one, quantiles are places, and a part within bounds knows its share', () => {
  expect(
    shaped([
      [2, 1],
      [1, 2],
      [2, 1],
    ]),
  ).toEqual({ places: [1, 2], shares: [0.5, 0.5] });
  expect(shapeQuantile(of([1, 2, 3, 4]), 0.5)).toBe(2);
  expect(within(of([1, 2, 3, 4]), 2, 3)).toEqual({ shape: of([2, 3]), share: 0.5 });
});

test('counts on a grid lie at the middle of their cells, within the range of the values', () => {
  expect(shapeOf(new Map([[0, 3]]), GRID, { min: 0, max: 0 }).places).toEqual([0]);
});

test('finds how much of one distribution came into another', () => {
  const before = of(sample(400, (x) => x + 10));
  const other = mapped(before, (x) => 100 * x);
  const { share, gap } = nearestMixture(before, other, mixed(before, other, 0.35), GRID);
  expect(share).toBeCloseTo(0.35, 2);
  expect(gap).toBeLessThan(0.01);
});
