import { expect, test } from 'vitest';
import { type Cell, columnOf, draws, judgeLast, MISFIT, normal, replaced } from '../test-subjects.ts';
import { drift } from './drift.ts';

const reference = normal(5_000);
const day = (cells: readonly Cell[]) =>
  Array.from({ length: 24 }, (_, i) => cells.filter((_c, j) => j % 24 === i));
const last = (cells: readonly Cell[], base: readonly Cell[] | null = reference, type?: 'categorical') =>
  judgeLast(drift, columnOf(base, day(cells), type));

const table: [name: string, cells: Cell[], verdict: string][] = [
  ['the same distribution', normal(2_000, 0, 1, 7), 'clear'],
  ['a shift by half a standard deviation', normal(2_000, 0.5, 1, 7), 'breach'],
  ['a shift by a tenth of a standard deviation', normal(2_000, 0.1, 1, 7), 'clear'],
  ['a unit change, times 100', normal(2_000, 0, 100, 7), 'breach'],
  ['5 % new nulls', replaced(normal(2_000, 0, 1, 7), 0.05, null), 'breach'],
  ['95 % nulls: a maximal drift, not none', replaced(normal(2_000, 0, 1, 7), 0.95, null), 'breach'],
  ['values of another type', replaced(normal(2_000, 0, 1, 7), 0.2, MISFIT), 'breach'],
  ['a frozen value', new Array(2_000).fill(0.3), 'breach'],
];
test.each(table)('%s', (_name, cells, verdict) => {
  expect(last(cells)).toMatchObject({ verdict, status: 'ok' });
});

test('the same shift has the same verdict at a thousand and a million rows', () => {
  for (const shift of [0.1, 0.5]) {
    const few = last(normal(1_000, shift, 1, 3)).verdict;
    const many = last(normal(200_000, shift, 1, 3)).verdict;
    expect(many).toBe(few);
  }
});

test('a lost category and a swapped pair are drift', () => {
  const base = draws(5_000, { a: 0.5, b: 0.3, c: 0.2 });
  const lost = draws(2_000, { a: 0.625, b: 0.375 }, 5);
  expect(last(lost, base, 'categorical').verdict).toBe('breach');
  expect(last(draws(2_000, { a: 0.5, b: 0.3, c: 0.2 }, 5), base, 'categorical').verdict).toBe('clear');
});

const unjudged: [string, ReturnType<typeof last>, string, string][] = [
  ['without a reference', last(normal(500), null), 'not_enough_data', 'no_reference'],
  ['with a tiny reference', last(normal(500), normal(30)), 'not_enough_data', 'too_small_reference'],
  ['with 40 rows in all', last(normal(40)), 'not_enough_data', 'too_few_predictions'],
];
test.each(unjudged)('%s there is a reason instead of a value', (_name, measured, verdict, reason) => {
  expect(measured).toMatchObject({ verdict, reason, status: reason, value: null });
});

test('a window that holds too little is widened before it gives up', () => {
  const hours = normal(300, 1).map((x) => [x]);
  const measured = judgeLast(drift, columnOf(reference, hours));
  expect(measured).toMatchObject({ verdict: 'breach', n: 300 });
});

test('an hour without predictions is no data, whatever came before', () => {
  const measured = judgeLast(drift, columnOf(reference, [...day(normal(2_000, 3)), []]));
  expect(measured).toMatchObject({ verdict: 'no_data', reason: 'no_predictions' });
});

/** Hours of 200 draws each, the last of them otherwise. */
const days = (hours: number, otherwise: number, cells: (hour: number) => Cell[]) =>
  Array.from({ length: hours }, (_, hour) =>
    hour < hours - otherwise ? normal(200, 0, 1, hour + 10) : cells(hour),
  );

test.each<[name: string, cells: (hour: number) => Cell[]]>([
  ['freezes', () => new Array(200).fill(0.3)],
  ['freezes in half of the rows', (hour) => replaced(normal(200, 0, 1, hour), 0.5, 0.3)],
  ['moves by its standard deviation', (hour) => normal(200, 1, 1, hour)],
])('a column that %s is told by its first hour alone, and by each that follows', (_name, cells) => {
  for (let since = 1; since <= 30; since++)
    expect(judgeLast(drift, columnOf(reference, days(28 + since, since, cells))).verdict, `${since}`).toBe(
      'breach',
    );
});

test('what comes every night, or is not known to be new, is no drift', () => {
  const nightly = Array.from({ length: 72 }, (_, hour) =>
    normal(200, hour % 24 < 3 ? 1.5 : -0.2, 1, hour + 1),
  );
  for (let hours = 30; hours <= 72; hours++)
    expect(judgeLast(drift, columnOf(reference, nightly.slice(0, hours))).verdict, `${hours}`).not.toBe(
      'breach',
    );
  expect(
    judgeLast(
      drift,
      columnOf(
        reference,
        days(20, 1, () => new Array(200).fill(0.3)),
      ),
    ).verdict,
  ).toBe('clear');
});

test('a part of the window that holds few rows says nothing by itself', () => {
  const hours = days(30, 1, () => new Array(40).fill(0.3));
  expect(judgeLast(drift, columnOf(reference, hours)).verdict).toBe('clear');
});
