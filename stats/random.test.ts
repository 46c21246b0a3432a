import { expect, test } from 'vitest';
import { random, randomInteger, randomNormal, shuffle } from './random.ts';

test('the same seed gives the same numbers, another seed others', () => {
  const a = random(1);
  const b = random(1);
  const c = random(2);
  const first = Array.from({ length: 5 }, a);
  expect(Array.from({ length: 5 }, b)).toEqual(first);
  expect(Array.from({ length: 5 }, c)).not.toEqual(first);
});

test('uniform: moments, range and bins', () => {
  const next = random(42);
  const bins = new Array<number>(100).fill(0);
  let sum = 0;
  let outside = 0;
  for (let i = 0; i < 100_000; i++) {
    const x = next();
    outside += x >= 0 && x < 1 ? 0 : 1;
    sum += x;
    bins[Math.floor(x * 100)]! += 1;
  }
  expect(outside).toBe(0);
  expect(sum / 100_000).toBeCloseTo(0.5, 2);
  const chiSquare = bins.reduce((all, count) => all + (count - 1000) ** 2 / 1000, 0);
  expect(chiSquare).toBeLessThan(149); // 99.9 % of χ² with 99 degrees of freedom
});

test('normal: mean, variance, fourth moment', () => {
  const next = random(9);
  const draws = Array.from({ length: 100_000 }, () => randomNormal(next));
  const moment = (k: number): number => draws.reduce((sum, x) => sum + x ** k, 0) / draws.length;
  expect(Math.abs(moment(1))).toBeLessThan(0.015);
  expect(Math.abs(moment(2) - 1)).toBeLessThan(0.02);
  expect(Math.abs(moment(4) - 3)).toBeLessThan(0.15);
});

test('shuffle keeps the items, integers stay in range', () => {
  const next = random(5);
  expect(shuffle([1, 2, 3, 4, 5], next).toSorted()).toEqual([1, 2, 3, 4, 5]);
  for (let i = 0; i < 1000; i++) expect([0, 1, 2]).toContain(randomInteger(next, 3));
});
