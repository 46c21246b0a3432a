import { describe, expect, test } from 'vitest';
import type { ReviewReason } from '../../../contract/review.ts';
import { random } from '../../../stats/random.ts';
import { allowance, choose, quotas } from './choose.ts';
import { newestFinished } from './fill.ts';

const HOUR = 3_600_000;

test('a stretch of time may put in its share of a day; a fraction is one more as often as it says', () => {
  expect(allowance(48, HOUR, () => 0.99)).toBe(2);
  expect(allowance(50, 90 * 24 * HOUR, () => 0)).toBe(50);
  const next = random(3);
  const sum = Array.from({ length: 10_000 }, () => allowance(6, HOUR, next)).reduce((a, b) => a + b, 0);
  expect(sum / 10_000).toBeCloseTo(0.25, 1);
});

describe('quotas', () => {
  const of = (available: [ReviewReason, number][], n: number, seed = 1) =>
    Object.fromEntries(quotas(new Map(available), n, random(seed)));

  test('are even, what one reason lacks others have', () => {
    expect(of([['audit', 99], ['novel', 99], ['high_loss', 99]], 9)).toEqual({ audit: 3, novel: 3, high_loss: 3 }); // biome-ignore format: one line
    expect(of([['audit', 99], ['novel', 1]], 6)).toEqual({ audit: 5, novel: 1 }); // biome-ignore format: one line
    expect(of([['audit', 2], ['novel', 0]], 6)).toEqual({ audit: 2, novel: 0 }); // biome-ignore format: one line
  });

  test('where there is one place, each reason has it as often as the others', () => {
    const had = { audit: 0, novel: 0 };
    for (let seed = 0; seed < 2_000; seed += 1) {
      const { audit, novel } = of([['audit', 9], ['novel', 9]], 1, seed); // biome-ignore format: one line
      had.audit += audit!;
      had.novel += novel!;
    }
    expect(had.audit + had.novel).toBe(2_000);
    expect(Math.abs(had.audit - 1_000)).toBeLessThan(4 * Math.sqrt(500));
  });
});

test('each prediction goes in once; the audit draws first, and each it draws stands for its share of its stratum', () => {
  const one = (id: string, stratum = 'yes', among?: number) => ({
    ...{ id, time: 1, stratum, value: null },
    ...(among === undefined ? {} : { among }),
  });
  const candidates = new Map([
    ['novel', [one('a'), one('b')]],
    ['low_confidence', [one('b'), one('c')]],
    ['audit', [one('a', 'yes', 90), one('z', 'no', 10), one('y', 'yes', 90)]],
  ] as const);
  const chosen = choose(candidates, 7, random(1)).map(({ id, reason, weight }) => [id, reason, weight]);
  expect(chosen.slice(0, 3)).toEqual([
    ['a', 'audit', 45],
    ['z', 'audit', 10],
    ['y', 'audit', 45],
  ]);
  expect(chosen.slice(3).map(([id]) => id).toSorted()).toEqual(['b', 'c']); // biome-ignore format: one line
  expect(choose(candidates, 2, random(5))).toEqual(choose(candidates, 2, random(5)));
});

test('the newest finished bucket with predictions is looked through once', () => {
  const traffic = [
    { time: 0, n: 5 },
    { time: HOUR, n: 7 },
    { time: 5 * HOUR, n: 9 },
  ];
  expect(newestFinished(traffic, HOUR, 0, 5 * HOUR)).toEqual({ time: HOUR, n: 7 });
  expect(newestFinished(traffic, HOUR, 2 * HOUR, 5 * HOUR)).toBeNull();
  expect(newestFinished(traffic, HOUR, 5 * HOUR, 6 * HOUR)).toEqual({ time: 5 * HOUR, n: 9 });
});
