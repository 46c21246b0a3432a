import { expect, test } from 'vitest';
import { proportion } from '../intervals/proportion.ts';
import { available } from '../outcome.ts';
import { random } from '../random.ts';
import { furthestApart, type Rated } from './furthest.ts';

const rated = (group: string, k: number, n: number): Rated => {
  const rate = proportion(k, n);
  if (!available(rate)) throw new Error(rate.reason);
  return { group, rate };
};

test('groups that are clearly not the furthest change nothing of its lower end, rivals do', () => {
  const [low, high] = [rated('low', 20, 200), rated('high', 160, 200)];
  const alone = furthestApart([[low, high]])!;
  expect(alone).toMatchObject({ lowest: 'low', highest: 'high', value: expect.closeTo(0.7, 12) });
  const beside = furthestApart([[low, rated('middle', 90, 200), high]])!;
  expect(beside).toEqual(alone);
  const rivals = furthestApart([[low, rated('lowest but one', 21, 200), high]])!;
  expect(rivals.low).toBeLessThan(alone.low);
  expect(rivals.low).toBeGreaterThan(0.55);
});

test('the greatest of several sets; fewer than two groups are null', () => {
  const sets = [[rated('a', 10, 100), rated('b', 20, 100)], [rated('a', 10, 100), rated('b', 60, 100)]]; // biome-ignore format: two sets
  expect(furthestApart(sets)).toMatchObject({ value: expect.closeTo(0.5, 12) });
  expect(furthestApart([[rated('a', 1, 10)]])).toBeNull();
});

test('six groups without a difference: the interval begins at or below 0 in 95 of 100', () => {
  const next = random(6);
  const count = () => Array.from({ length: 150 }, next).filter((x) => x < 0.3).length;
  let held = 0;
  for (let run = 0; run < 400; run++) {
    const found = furthestApart([Array.from({ length: 6 }, (_, i) => rated(`${i}`, count(), 150))])!;
    if (found.low <= 0) held++;
  }
  expect(held / 400).toBeGreaterThan(0.91);
});
