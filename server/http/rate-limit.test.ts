import { expect, test } from 'vitest';
import { createRateLimit } from './rate-limit.ts';

test('an allowance a minute for each address, refilled evenly', () => {
  let now = 0;
  const limit = createRateLimit(6, () => now);
  expect(Array.from({ length: 7 }, () => limit.take('a'))).toEqual([0, 0, 0, 0, 0, 0, 10]);
  expect(limit.take('b')).toBe(0);
  now += 9_000;
  expect(limit.take('a')).toBe(1);
  now += 1_000;
  expect([limit.take('a'), limit.take('a')]).toEqual([0, 10]);
  now += 3_600_000;
  expect(Array.from({ length: 7 }, () => limit.take('a'))).toEqual([0, 0, 0, 0, 0, 0, 10]);
});

test('addresses that have been quiet are forgotten, those that have not are kept', () => {
  let now = 0;
  const limit = createRateLimit(1, () => now);
  expect(limit.take('busy')).toBe(0);
  for (let i = 1; i < 10_000; i += 1) limit.take(`quiet-${i}`);
  now += 1;
  expect(limit.take('busy')).toBe(60);
  now += 60_000;
  expect(limit.take('new')).toBe(0);
  expect(limit.take('busy')).toBe(0);
});
