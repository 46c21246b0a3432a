import { expect, test } from 'vitest';
import { random, randomNormal } from '../random.ts';
import { bootstrapInterval, meanWithin, sumsOf } from './interval-over.ts';

test('sums leave out what is not finite', () => {
  expect(sumsOf([1, NaN, 2, Infinity])).toEqual({ n: 2, sum: 3, sum2: 5 });
});

test('a mean stays in its range, and few or constant numbers are named or tight', () => {
  expect(meanWithin([1, 1, 0.9], [0, 1])).toMatchObject({ high: 1 });
  expect(meanWithin([1], [0, 1])).toEqual({ reason: 'not_enough_data' });
  expect(meanWithin([], [0, 1], { kind: 'bootstrap', random: random(1) })).toEqual({
    reason: 'not_enough_data',
  });
  expect(meanWithin([0.5, 0.5, NaN], [0, 1])).toEqual({ value: 0.5, low: 0.5, high: 0.5 });
});

test('the bootstrap agrees with the normal interval, repeats by seed and covers', () => {
  const next = random(4);
  let covered = 0;
  for (let run = 0; run < 200; run++) {
    const x = Array.from({ length: 100 }, () => randomNormal(next));
    const found = meanWithin(x, [-9, 9], { kind: 'bootstrap', random: next, rounds: 200 });
    if ('value' in found && found.low <= 0 && 0 <= found.high) covered++;
  }
  expect(covered).toBeGreaterThan(176);
  expect(covered).toBeLessThan(200);
  const x = Array.from({ length: 50 }, () => next());
  const by = (seed: number) => meanWithin(x, [0, 1], { kind: 'bootstrap', random: random(seed) });
  expect(by(3)).toEqual(by(3));
});

test('a statistic that is often undefined has no interval', () => {
  const statistic = (rows: Int32Array): number => (rows[0] === 0 ? 1 : NaN);
  expect(bootstrapInterval(20, statistic, { kind: 'bootstrap', random: random(1) })).toEqual({
    reason: 'not_enough_data',
  });
  expect(bootstrapInterval(20, () => NaN, { kind: 'bootstrap', random: random(1) })).toEqual({
    reason: 'not_finite',
  });
});
