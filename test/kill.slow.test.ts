import { expect, test } from 'vitest';
import { killDuringIngest } from './kill.ts';

test('50 kills at random points: every acknowledged prediction is found exactly once, every decision made once', async () => {
  const seen = await killDuringIngest({ kills: 50, random: Math.random, judging: true });
  expect(seen).toMatchObject({ lost: [], twice: [], decidedTwice: [] });
  expect(seen.decisions).toBeGreaterThan(0);
  expect(seen.incidents).toBeGreaterThan(0);
});
