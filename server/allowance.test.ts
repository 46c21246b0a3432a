import { expect, test } from 'vitest';
import { createAllowance } from './allowance.ts';

const hourly = (amount: number) => {
  const clock = { now: 0 };
  return { clock, ...createAllowance({ amount, perMs: 3_600_000, monotonic: () => clock.now }) };
};

test('several at once are given together or not at all', () => {
  const { clock, take, wait } = hourly(100);
  expect([take('a', 60), take('a', 60), take('a', 40), take('a')]).toEqual([0, 720, 0, 36]);
  clock.now += 1_800_000;
  expect([wait('a', 50), wait('a', 51), take('a', 50), take('b', 100)]).toEqual([0, 36, 0, 0]);
});

test('more than all is given when nothing was taken for so long, and is waited for afterwards', () => {
  const { clock, take } = hourly(10);
  expect([take('a', 30), take('a')]).toEqual([0, 7560]);
  clock.now += 3 * 3_600_000;
  expect(take('a', 10)).toBe(0);
});

test('to ask takes nothing', () => {
  const { wait, take } = hourly(1);
  expect([wait('a'), wait('a'), take('a'), wait('a')]).toEqual([0, 0, 0, 3600]);
});
