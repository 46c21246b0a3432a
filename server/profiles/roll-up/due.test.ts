import { expect, test } from 'vitest';
import { due, PUT_OFF_MS } from './due.ts';

const HOUR = 3_600_000;
const bucket = 500_000 * HOUR;
const now = bucket + 1_800_000;
const before = { rows: 1_000_000, since: now - 5_000 };
const size = (rows: number) => ({ bucket, rows });

test('a large bucket that is filling waits until it has grown by half', () => {
  expect(due(size(1_000_001), before, HOUR, now)).toBe(false);
  expect(due(size(1_499_999), before, HOUR, now)).toBe(false);
  expect(due(size(1_500_000), before, HOUR, now)).toBe(true);
});

test('it waits two minutes at most', () => {
  expect(due(size(1_000_001), { ...before, since: now - PUT_OFF_MS + 1 }, HOUR, now)).toBe(false);
  expect(due(size(1_000_001), { ...before, since: now - PUT_OFF_MS }, HOUR, now)).toBe(true);
});

test.each([
  ['a small one', size(15_000), { rows: 14_999, since: now - 1 }, now],
  ['one never seen', size(1_000_001), undefined, now],
  ['one that is over', size(1_000_001), before, bucket + HOUR],
  ['one that has not begun', size(1_000_001), before, bucket - 1],
  ['any, when the clock went back', size(1_000_001), { ...before, since: now + 60_000 }, now],
])('%s is recomputed at once', (_name, bucketSize, rolledUp, at) => {
  expect(due(bucketSize, rolledUp, HOUR, at)).toBe(true);
});
