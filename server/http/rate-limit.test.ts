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
  const limit = createRateLimit(1, () => now, 100);
  expect(limit.take('busy')).toBe(0);
  for (let i = 1; i < 100; i += 1) limit.take(`quiet-${i}`);
  now += 1;
  expect(limit.take('busy')).toBe(60);
  now += 60_000;
  expect(limit.take('new')).toBe(0);
  expect(limit.take('busy')).toBe(0);
  now += 60_000;
  limit.take('new');
  expect(limit.remembered()).toBe(3);
});

test('however many addresses there are at once, a bounded number is remembered', () => {
  const limit = createRateLimit(1, () => 0, 1_000);
  for (let i = 0; i < 100_000; i += 1) expect(limit.take(`a-${i}`)).toBe(0);
  expect(limit.remembered()).toBeLessThanOrEqual(2_000);
  expect(limit.take('a-99999')).toBe(60);
});

test('the addresses of one IPv6 network share an allowance; IPv4 has one each, however it is written', () => {
  const limit = createRateLimit(1, () => 0);
  expect([limit.take('2001:db8:1:2::1'), limit.take('2001:db8:1:2:ffff::9')]).toEqual([0, 60]);
  expect(limit.take('2001:db8:1:3::1')).toBe(0);
  expect([limit.take('::ffff:192.0.2.1'), limit.take('192.0.2.1'), limit.take('192.0.2.2')]).toEqual([
    0, 60, 0,
  ]);
});
