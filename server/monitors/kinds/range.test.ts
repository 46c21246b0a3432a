import { expect, test } from 'vitest';
import { type Cell, columnOf, judgeLast, normal, replaced } from '../test-subjects.ts';
import { range } from './range.ts';

const good = (n: number, seed: number): Cell[] => normal(n, 0, 1, seed);
const reference = good(5_000, 1);
const withOutliers = (n: number, share: number) => replaced(good(n, 9), share, 1e6);
const judge = (hours: Cell[][], base: Cell[] | null = reference) =>
  judgeLast(range, columnOf(base, hours, 'numeric'));

test.each([
  ['as at the reference', [withOutliers(1_000, 0)], 'clear'],
  ['one row in two hundred: under the threshold', [withOutliers(1_000, 0.005)], 'clear'],
  ['a jump to 30 %, in one hour', [withOutliers(1_000, 0), withOutliers(1_000, 0.3)], 'breach'],
  ['all rows', [withOutliers(1_000, 1)], 'breach'],
  ['a jump to 12 % in 500 rows', [withOutliers(500, 0.12)], 'breach'],
  ['back to normal after an hour of it', [withOutliers(1_000, 0.5), withOutliers(1_000, 0)], 'clear'],
])('%s', (_name, hours, verdict) => {
  expect(judge(hours)).toMatchObject({ verdict, status: 'ok' });
});

test('the same increase has the same verdict at a thousand and a hundred thousand rows', () => {
  for (const share of [0.005, 0.2])
    expect(judge([withOutliers(100_000, share)]).verdict).toBe(judge([withOutliers(1_000, share)]).verdict);
});

test('a few hours of little traffic are judged together', () => {
  const hours = Array.from({ length: 24 }, () => withOutliers(50, 0.3));
  expect(judge(hours)).toMatchObject({ verdict: 'breach' });
  expect(judge(hours).n).toBeGreaterThanOrEqual(400);
});

test.each([
  ['no rows in the hour', [withOutliers(1_000, 0), []], reference, 'no_data', 'no_predictions'],
  ['too few rows in all', [withOutliers(40, 0.5)], reference, 'not_enough_data', 'too_few_predictions'],
  ['no reference', [withOutliers(1_000, 0.5)], null, 'not_enough_data', 'no_reference'],
])('%s: a reason, no value', (_name, hours, base, verdict, reason) => {
  expect(judge(hours, base)).toMatchObject({ verdict, reason, status: reason, value: null });
});
