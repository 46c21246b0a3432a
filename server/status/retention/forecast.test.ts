import { expect, test } from 'vitest';
import { bytesIn, bytesPerDay } from './forecast.ts';

const DAY = 86_400_000;
const grown = (days: number | null) => ({ bytes: 1000, oldest: 0, newest: 10 * DAY, days });

test.each([
  ['kept for ever, it grows on', 30, null, 4000],
  ['kept for 20 days, it ends at what 20 days bring', 30, 20, 2000],
  ['kept for less than there is, it does not grow', 30, 5, 1000],
  ['until it is full, it grows like the rest', 5, 365, 1500],
])('%s', (_, ahead, days, bytes) => {
  expect(bytesIn(ahead, grown(days))).toBe(bytes);
});

test('less than a day says nothing about the next', () => {
  expect(bytesPerDay({ bytes: 1000, oldest: 0, newest: DAY - 1 })).toBeNull();
  expect(bytesIn(30, { bytes: 0, oldest: null, newest: null, days: null })).toBeNull();
});
