import { expect, test } from 'vitest';
import { type Cell, columnOf, judgeLast, normal, replaced } from '../test-subjects.ts';
import { missing } from './missing.ts';

const good = (n: number, seed: number): Cell[] => normal(n, 0, 1, seed);
const reference = good(5_000, 1);
const withNulls = (n: number, share: number) => replaced(good(n, 9), share, null);
const judge = (hours: Cell[][], base: Cell[] | null = reference) =>
  judgeLast(missing, columnOf(base, hours, 'numeric'));

test.each([
  ['as at the reference', [withNulls(1_000, 0)], 'clear'],
  ['one row in two hundred: under the threshold', [withNulls(1_000, 0.005)], 'clear'],
  ['a jump to 30 %, in one hour', [withNulls(1_000, 0), withNulls(1_000, 0.3)], 'breach'],
  ['all rows', [withNulls(1_000, 1)], 'breach'],
  ['a jump to 12 % in 500 rows', [withNulls(500, 0.12)], 'breach'],
  ['back to normal after an hour of it', [withNulls(1_000, 0.5), withNulls(1_000, 0)], 'clear'],
])('%s', (_name, hours, verdict) => {
  expect(judge(hours)).toMatchObject({ verdict, status: 'ok' });
});

test('the same increase has the same verdict at a thousand and a hundred thousand rows', () => {
  for (const share of [0.005, 0.2])
    expect(judge([withNulls(100_000, share)]).verdict).toBe(judge([withNulls(1_000, share)]).verdict);
});

test('a few hours of little traffic are judged together', () => {
  const hours = Array.from({ length: 24 }, () => withNulls(50, 0.3));
  expect(judge(hours)).toMatchObject({ verdict: 'breach' });
  expect(judge(hours).n).toBeGreaterThanOrEqual(400);
});

test.each([
  ['no rows in the hour', [withNulls(1_000, 0), []], reference, 'no_data', 'no_predictions'],
  ['too few rows in all', [withNulls(40, 0.5)], reference, 'not_enough_data', 'too_few_predictions'],
  ['no reference', [withNulls(1_000, 0.5)], null, 'not_enough_data', 'no_reference'],
])('%s: a reason, no value', (_name, hours, base, verdict, reason) => {
  expect(judge(hours, base)).toMatchObject({ verdict, reason, status: reason, value: null });
});

test('5 % new nulls are found, as few as 400 rows', () => {
  expect(judge([withNulls(4_000, 0.05)]).verdict).toBe('breach');
  expect(judge([withNulls(1_000, 0.06)]).verdict).toBe('breach');
});

test('a small rise that one hour cannot prove is proved by the day', () => {
  const hours = Array.from({ length: 24 }, () => withNulls(400, 0.045));
  expect(judge(hours.slice(-1)).verdict).toBe('within');
  expect(judge(hours)).toMatchObject({ verdict: 'breach' });
});

test('a column that always had gaps is compared with those', () => {
  const gaps = replaced(good(5_000, 3), 0.4, null);
  expect(judge([withNulls(2_000, 0.41)], gaps).verdict).toBe('clear');
  expect(judge([withNulls(2_000, 0.6)], gaps).verdict).toBe('breach');
});
