import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import { binomialCdf } from '../distributions/binomial.ts';
import fixture from '../fixtures/furthest.json' with { type: 'json' };
import { proportion, proportionDifference } from '../intervals/proportion.ts';
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
  expect(rivals.low).toBeLessThanOrEqual(alone.low);
  const more = furthestApart([[low, rated('a', 21, 200), rated('b', 21, 200), rated('c', 22, 200), high]])!;
  expect(more.low).toBeLessThan(alone.low);
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

test.each(fixture)('scipy and statsmodels: $sets', ({ sets, value, low, high }) => {
  const found = furthestApart(sets.map((set) => set.map(([k, n], i) => rated(`${i}`, k!, n!))))!;
  expectClose(found.value, value, 1e-12);
  expectClose(found.low, low, 1e-6);
  expectClose(found.high, high, 1e-12);
});

/** The chance that the interval of the gap between two shares of so many rows holds the true one: exact, over all that may be counted. */
function coverage([p, n]: readonly [number, number], [q, m]: readonly [number, number]): number {
  const chance = (k: number, of: number, share: number) => binomialCdf(k, of, share) - binomialCdf(k - 1, of, share); // biome-ignore format: one line
  let held = 0;
  for (let i = 0; i <= n; i++)
    for (let j = 0; j <= m; j++) {
      const likely = chance(i, n, p) * chance(j, m, q);
      if (likely < 1e-6) continue;
      const { low, high } = furthestApart([[rated('a', i, n), rated('b', j, m)]])!;
      if (low <= Math.abs(p - q) && Math.abs(p - q) <= high) held += likely;
    }
  return held;
}

test.each([0, 0.05, 0.1, 0.2, 0.4])(
  'a gap of %d between two groups is held in 95 of 100, near to none too',
  (gap) => {
    const shares = [0.3, 0.4, 0.5].map((p) => coverage([p, 80], [p + gap, 80]));
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(mean).toBeGreaterThan(0.94);
    expect(mean).toBeLessThan(0.965);
  },
);

test('a small group of a rare share beside a large one: what was seen the other way round counts', () => {
  const small = [40, 45, 50, 55, 60].map((n) => coverage([0.07, n], [0.02, 600]));
  expect(small.reduce((sum, share) => sum + share, 0) / small.length).toBeGreaterThan(0.92);
  expect(coverage([0.22, 11], [0.02, 60])).toBeGreaterThan(0.92);
});

test('the lower end goes up with the gap, and is 0 as long as chance alone may make it', () => {
  const lows = Array.from(
    { length: 61 },
    (_, k) => furthestApart([[rated('a', 20, 100), rated('b', 20 + k, 100)]])!.low,
  );
  for (const [k, low] of lows.entries()) expect(low).toBeGreaterThanOrEqual((lows[k - 1] ?? -1) - 1e-9);
  const newcombe = proportionDifference(20, 100, 33, 100);
  expect('low' in newcombe && Math.sign(newcombe.low) === Math.sign(lows[13]!)).toBe(true);
});
