import { expect, test } from 'vitest';
import { random, randomNormal } from '../random.ts';
import { suggestThresholds } from './suggest-thresholds.ts';

const HOUR = 3_600_000;

test('a tenth of the range beyond what whole days were', () => {
  const values = Array.from({ length: 240 }, (_, i) => i % 24);
  expect(suggestThresholds(values, HOUR)).toEqual({ low: expect.closeTo(-2.3, 12), high: 25.3, blocks: 10 });
});

test('of two months the worst day is let go, however long it was outside', () => {
  const values = Array.from({ length: 60 * 24 }, (_, i) => (i >= 480 && i < 490 ? 900 : i % 24));
  expect(suggestThresholds(values, HOUR)).toMatchObject({ high: 25.3, blocks: 60 });
});

test('of a calm series the next month passes it in at most a few of a hundred', () => {
  const next = random(11);
  let passed = 0;
  for (let run = 0; run < 100; run++) {
    const values = Array.from({ length: 60 * 24 }, () => randomNormal(next));
    const found = suggestThresholds(values.slice(0, 30 * 24), HOUR) as { low: number; high: number };
    if (values.slice(30 * 24).some((value) => value > found.high || value < found.low)) passed++;
  }
  expect(passed).toBeLessThanOrEqual(30);
});

test('nothing is suggested of less than a week, nor where nothing moved; gaps are passed over', () => {
  expect(
    suggestThresholds(
      Array.from({ length: 6 * 24 }, (_, i) => i),
      HOUR,
    ),
  ).toEqual({ reason: 'not_enough_data' });
  expect(
    suggestThresholds(
      Array.from({ length: 240 }, () => 3),
      HOUR,
    ),
  ).toEqual({ reason: 'constant' });
  const gaps = Array.from({ length: 240 }, (_, i) => (i % 2 === 0 ? Number.NaN : i % 24));
  expect(suggestThresholds(gaps, HOUR)).toMatchObject({ blocks: 10 });
});
