import { expect, test } from 'vitest';
import { type JsDistance, jsDistance } from '../distances/js-distance.ts';
import { type Random, random, randomInteger } from '../random.ts';
import { type TableDistance, tableDistance } from './table-distance.ts';

const counts = (n: number, next: Random, lifted: number) => {
  const bins = new Array<number>(8).fill(0);
  for (let i = 0; i < n; i++) bins[next() < lifted ? 0 : randomInteger(next, 8)]!++;
  return bins;
};
const score = (n: number, next: Random, lifted = 0) =>
  jsDistance(counts(n, next, 0), counts(n, next, lifted)) as JsDistance;

test('without a shift p is no smaller than it says, of columns that have nothing to do with each other and of one twenty times', () => {
  const next = random(8);
  const small = { apart: 0, same: 0 };
  for (let round = 0; round < 400; round++) {
    const apart = Array.from({ length: 20 }, () => score(300, next));
    const one = score(300, next);
    small.apart += Number((tableDistance(apart, () => 0) as TableDistance).p < 0.05);
    small.same += Number((tableDistance(new Array(20).fill(one), () => 1) as TableDistance).p < 0.05);
  }
  expect(small.apart).toBeGreaterThan(4);
  expect(small.apart / 400).toBeLessThan(0.09);
  expect(small.same).toBeGreaterThan(4);
  expect(small.same / 400).toBeLessThan(0.09);
});

test('twenty shifts that none is a finding are one together', () => {
  const next = random(4);
  const scores = Array.from({ length: 20 }, () => score(1000, next, 0.05));
  expect(scores.filter(({ p }) => p < 0.01 / 20).length).toBeLessThan(12);
  const found = tableDistance(scores, () => 0) as TableDistance;
  expect(found.p).toBeLessThan(1e-3);
  expect(found.low).toBeGreaterThan(0);
  expect(found.high).toBeLessThan(0.1);
});

test('nothing to tell', () => {
  expect(tableDistance([], () => 0)).toEqual({ reason: 'not_enough_data' });
});
