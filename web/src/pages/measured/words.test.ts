import { expect, test } from 'vitest';
import { byOf } from './words.ts';

test('differences have a sign and a unit', () => {
  const measured = { low: -0.08, high: -0.02, n: 10, status: 'ok' };
  expect(byOf({ ...measured, value: -0.05 }, 'share')).toEqual({
    by: '−5 points',
    sure: '−8 points to −2 points',
  });
  expect(byOf({ ...measured, value: 12, low: 8, high: 16 }, 'ms')).toEqual({
    by: '+12 ms',
    sure: '+8 ms to +16 ms',
  });
  expect(byOf({ ...measured, value: null, low: null, high: null }, '')).toBeNull();
});
