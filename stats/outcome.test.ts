import { expect, test } from 'vitest';
import { available, finite, unavailable } from './outcome.ts';

test('an outcome has a value or a reason', () => {
  expect(available({ value: 0 })).toBe(true);
  expect(available(unavailable('constant'))).toBe(false);
});

test('a number that is none becomes a reason', () => {
  expect(finite(2)).toEqual({ value: 2 });
  for (const x of [Number.NaN, Infinity, -Infinity]) expect(finite(x)).toEqual({ reason: 'not_finite' });
});
