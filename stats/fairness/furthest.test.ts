import { expect, test } from 'vitest';
import { binomialCdf } from '../distributions/binomial.ts';
import { proportion, proportionDifference } from '../intervals/proportion.ts';
import { available } from '../outcome.ts';
import { random } from '../random.ts';
import { furthestApart, type Rated } from './furthest.ts';

const rated = (group: string, k: number, n: number): Rated => {
  const rate = proportion(k, n);
  if (!available(rate)) throw new Error(rate.reason);
  return { group, rate, rows: n };
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

/** The chance that the interval of the gap between two shares, of 80 rows each, holds the true one: exact, over all that may be counted. */
function coverage(p: number, q: number): number {
  const n = 80;
  const chance = (k: number, share: number) => binomialCdf(k, n, share) - binomialCdf(k - 1, n, share);
  let held = 0;
  for (let i = 0; i <= n; i++)
    for (let j = 0; j <= n; j++) {
      const likely = chance(i, p) * chance(j, q);
      if (likely < 1e-7) continue;
      const { low, high } = furthestApart([[rated('a', i, n), rated('b', j, n)]])!;
      if (low <= Math.abs(p - q) && Math.abs(p - q) <= high) held += likely;
    }
  return held;
}

test.each([0, 0.05, 0.1, 0.2, 0.4])(
  'a gap of %d between two groups is held in 95 of 100, near to none too',
  (gap) => {
    const shares = [0.3, 0.4, 0.5].map((p) => coverage(p, p + gap));
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(mean).toBeGreaterThan(0.94);
    expect(mean).toBeLessThan(0.965);
  },
);

test('the lower end goes up with the gap, and is 0 as long as chance alone may make it', () => {
  const lows = Array.from(
    { length: 61 },
    (_, k) => furthestApart([[rated('a', 20, 100), rated('b', 20 + k, 100)]])!.low,
  );
  for (const [k, low] of lows.entries()) expect(low).toBeGreaterThanOrEqual((lows[k - 1] ?? -1) - 1e-9);
  const newcombe = proportionDifference(20, 100, 33, 100);
  expect('low' in newcombe && Math.sign(newcombe.low) === Math.sign(lows[13]!)).toBe(true);
});
