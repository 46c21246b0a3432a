import { expect, test } from 'vitest';
import { differenceBounds, poissonBounds, rankBounds, wilsonBounds } from './bounds.ts';

test('Wilson: published example, 81 of 263 (Newcombe 1998, table I)', () => {
  const { low, high } = wilsonBounds(81, 263, 1.959964);
  expect(low).toBeCloseTo(0.2553, 4);
  expect(high).toBeCloseTo(0.3662, 4);
});

test('Wilson: none of 20, all of 20, none of none', () => {
  expect(wilsonBounds(0, 20, 1.959964).high).toBeCloseTo(0.1611, 4);
  expect(wilsonBounds(0, 20, 1.959964).low).toBe(0);
  expect(wilsonBounds(20, 20, 1.959964).high).toBe(1);
  expect(wilsonBounds(0, 0, 1.959964)).toEqual({ low: 0, high: 1 });
});

test('difference: published examples (Newcombe 1998, table II, method 10)', () => {
  const first = differenceBounds(56, 70, 48, 80, 1.959964);
  expect(first.low).toBeCloseTo(0.0524, 4);
  expect(first.high).toBeCloseTo(0.3339, 4);
  const second = differenceBounds(9, 10, 3, 10, 1.959964);
  expect(second.low).toBeCloseTo(0.1705, 4);
  expect(second.high).toBeCloseTo(0.809, 4);
});

test('Poisson: exact interval of 10 is 4.795 to 18.39', () => {
  const { low, high } = poissonBounds(10, 1.959964);
  expect(low).toBeCloseTo(4.795, 1);
  expect(high).toBeCloseTo(18.39, 1);
  expect(poissonBounds(0, 1.959964).low).toBe(0);
  expect(poissonBounds(0, 1.959964).high).toBeCloseTo(3.69, 1);
});

test('ranks narrow with n', () => {
  expect(rankBounds(0.5, 10_000, 1.96).low).toBeCloseTo(0.4902, 4);
  expect(rankBounds(0.99, 10, 1.96).high).toBe(1);
});
