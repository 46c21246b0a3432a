import { expect, test } from 'vitest';
import { timeOf } from './time.ts';

test.each([
  ['2011-01-01 05:00:00', Date.UTC(2011, 0, 1, 5)],
  ['2011-01-01T05:00:00', Date.UTC(2011, 0, 1, 5)],
  ['2011-01-01', Date.UTC(2011, 0, 1)],
  ['2011-01-01T05:00:00+02:00', Date.UTC(2011, 0, 1, 3)],
  ['1293858000', 1293858000_000],
  ['1293858000000', 1293858000_000],
  ['1293858000.5', 1293858000_500],
  ['yesterday', 'yesterday'],
])('timeOf(%s) → %s', (value, expected) => {
  expect(timeOf(value)).toBe(expected);
});
