import { expect, test } from 'vitest';
import { moveToPresent } from './present.ts';
import { DAY } from './story.ts';

const days = Array.from({ length: 366 * 4 }, (_, i) => Date.parse('2026-01-01T14:20:00Z') + i * DAY);
const moment = (now: number) => now - moveToPresent(now);

test('times move by whole weeks: hours and weekdays stay', () => {
  expect(days.filter((now) => moveToPresent(now) % (7 * DAY) !== 0)).toEqual([]);
});

test('now is a moment of 2012 with four months of growth before it and a week or more of data after it', () => {
  const first = Date.parse('2012-04-27T00:00:00Z');
  const last = Date.parse('2012-12-22T00:00:00Z');
  expect(days.filter((now) => moment(now) < first || moment(now) > last)).toEqual([]);
});

test('the week of the year stays from May to mid-December, and is off by ten weeks at most in the other months', () => {
  const off = (now: number) => {
    const distance = Math.abs(moment(now) - new Date(now).setUTCFullYear(2012)) / DAY;
    return Math.min(distance, 366 - distance);
  };
  const months = days.filter((now) => new Date(now).getUTCMonth() >= 4 && new Date(now).getUTCMonth() <= 10);
  expect(Math.max(...months.map(off))).toBeLessThanOrEqual(4);
  expect(Math.max(...days.map(off))).toBeLessThanOrEqual(73);
});

test.each([
  ['2026-11-26T14:20:00Z', '2012-11-29T14:20:00Z'],
  ['2026-07-01T00:00:00Z', '2012-07-04T00:00:00Z'],
  ['2027-01-10T00:00:00Z', '2012-12-16T00:00:00Z'],
  ['2027-03-20T00:00:00Z', '2012-04-28T00:00:00Z'],
])('%s is %s in the data', (now, inTheData) => {
  expect(new Date(moment(Date.parse(now))).toISOString()).toBe(new Date(inTheData).toISOString());
});
