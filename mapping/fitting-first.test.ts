import { expect, test } from 'vitest';
import { FittingFirst, type Placed } from './fitting-first.ts';

const fits = (row: Readonly<Record<string, unknown>>, column: string) =>
  row[column] === null ? undefined : typeof row[column] === 'number';
const rows = (from: number, ...values: unknown[]): Placed[] =>
  values.map((x, i) => ({ row: { x }, index: from + i }));
const places = (placed: readonly Placed[]) => placed.map(({ index }) => index);

test('what does not fit waits for what does', () => {
  const order = new FittingFirst(['x'], fits, 10);
  expect(places(order.next(rows(0, 'n/k', null, 'n/k')))).toEqual([1]);
  expect(places(order.next(rows(3, null, 'n/k', 7)))).toEqual([3, 5, 0, 2, 4]);
  expect(places(order.next(rows(6, 'n/k', 8)))).toEqual([6, 7]);
  expect(order.rest()).toEqual([]);
});

test('no more wait than may', () => {
  const order = new FittingFirst(['x'], fits, 2);
  expect(places(order.next(rows(0, 'a', 'b')))).toEqual([]);
  expect(places(order.next(rows(2, 'c')))).toEqual([0, 1, 2]);
});

test('those that wait for nothing are left at the end', () => {
  const order = new FittingFirst(['x'], fits, 2);
  order.next(rows(0, 'a'));
  expect(places(order.rest())).toEqual([0]);
});
