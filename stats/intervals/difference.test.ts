import { expect, test } from 'vitest';
import { difference } from './difference.ts';

const before = { value: 0.1, low: 0.08, high: 0.13 };
const after = { value: 0.2, low: 0.16, high: 0.25 };

test('each bound is off by the errors that lead to it: 4 and 3 below, 5 and 2 above, in hundredths', () => {
  const change = difference(before, after);
  if (!('value' in change)) throw new Error(change.reason);
  expect(change.value).toBeCloseTo(0.1, 12);
  expect(change.low).toBeCloseTo(0.1 - 0.05, 12);
  expect(change.high).toBeCloseTo(0.1 + Math.sqrt(29) / 100, 12);
});

test('the first side without a value gives the reason', () => {
  expect(difference({ reason: 'constant' }, { reason: 'not_enough_data' })).toEqual({ reason: 'constant' });
  expect(difference(before, { reason: 'not_enough_data' })).toEqual({ reason: 'not_enough_data' });
});
