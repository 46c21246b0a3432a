import { expect, test } from 'vitest';
import { days, lengthOf, milliseconds, names } from './values.ts';

test.each([
  ['90s', 90_000, '90s'],
  ['30m', 1_800_000, '30m'],
  ['12h', 43_200_000, '12h'],
  ['24h', 86_400_000, '1d'],
  ['1.5h', 5_400_000, '90m'],
  ['5d', 432_000_000, '5d'],
  ['2w', 1_209_600_000, '14d'],
])('%s', (text, ms, shown) => {
  expect(milliseconds(text)).toBe(ms);
  expect(lengthOf(ms)).toBe(shown);
});

test.each(['5', '-1d', 'd', '1 year', ''])('%j is no length of time', (text) => {
  expect(() => milliseconds(text)).toThrow(/90s, 30m/);
});

test('days, or none', () => {
  expect([days('400'), days('400d'), days('none')]).toEqual([400, 400, '']);
  expect(() => days('a year')).toThrow(/whole days/);
});

test('names between commas', () => {
  expect(names('a, b,,')).toEqual(['a', 'b']);
});
