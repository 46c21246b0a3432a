import { expect, test } from 'vitest';
import { type Cell, columnOf, draws, judgeLast, replaced } from '../test-subjects.ts';
import { new_category } from './new_category.ts';

const good = (n: number, seed: number): Cell[] => draws(n, { a: 0.6, b: 0.4 }, seed);
const reference = good(5_000, 1);
const withNew = (n: number, share: number) => replaced(good(n, 9), share, 'new');
const judge = (hours: Cell[][], base: Cell[] | null = reference) =>
  judgeLast(new_category, columnOf(base, hours, 'categorical'));

test.each([
  ['as at the reference', [withNew(1_000, 0)], 'clear'],
  ['one row in two hundred: under the threshold', [withNew(1_000, 0.005)], 'clear'],
  ['a jump to 30 %, in one hour', [withNew(1_000, 0), withNew(1_000, 0.3)], 'breach'],
  ['all rows', [withNew(1_000, 1)], 'breach'],
  ['a jump to 12 % in 500 rows', [withNew(500, 0.12)], 'breach'],
  ['back to normal after an hour of it', [withNew(1_000, 0.5), withNew(1_000, 0)], 'clear'],
])('%s', (_name, hours, verdict) => {
  expect(judge(hours)).toMatchObject({ verdict, status: 'ok' });
});

test('the same increase has the same verdict at a thousand and a hundred thousand rows', () => {
  for (const share of [0.005, 0.2])
    expect(judge([withNew(100_000, share)]).verdict).toBe(judge([withNew(1_000, share)]).verdict);
});

test('a few hours of little traffic are judged together', () => {
  const hours = Array.from({ length: 24 }, () => withNew(50, 0.3));
  expect(judge(hours)).toMatchObject({ verdict: 'breach' });
  expect(judge(hours).n).toBeGreaterThanOrEqual(400);
});

test.each([
  ['no rows in the hour', [withNew(1_000, 0), []], reference, 'no_data', 'no_predictions'],
  ['too few rows in all', [withNew(40, 0.5)], reference, 'not_enough_data', 'too_few_predictions'],
  ['no reference', [withNew(1_000, 0.5)], null, 'not_enough_data', 'no_reference'],
])('%s: a reason, no value', (_name, hours, base, verdict, reason) => {
  expect(judge(hours, base)).toMatchObject({ verdict, reason, status: reason, value: null });
});

test('where the reference has more categories than are listed, new and rare are compared together', () => {
  const many = (n: number, seed: number) =>
    good(n, seed).map((name, i) => (i % 4 === 0 ? `rare ${i % 997}` : name));
  const long = many(20_000, 1);
  expect(judgeLast(new_category, columnOf(long, [many(2_000, 2)], 'categorical')).verdict).not.toBe('breach');
  const strange = replaced(many(2_000, 2), 0.5, 'strange');
  expect(judgeLast(new_category, columnOf(long, [strange], 'categorical')).verdict).toBe('breach');
});
