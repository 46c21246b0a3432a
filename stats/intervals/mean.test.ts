import { expect, test } from 'vitest';
import { mean, sampleVariance } from './mean.ts';

test('scipy stats.t.interval(0.95, 4, loc=3, scale=sem([1, 2, 3, 4, 5]))', () => {
  const result = mean({ n: 5, sum: 15, sum2: 55 });
  if (!('value' in result)) throw new Error(result.reason);
  expect(result.value).toBe(3);
  expect(result.low).toBeCloseTo(1.036756838522439, 9);
  expect(result.high).toBeCloseTo(4.9632431614775605, 9);
});

test('edge cases', () => {
  expect(mean({ n: 1, sum: 1, sum2: 1 })).toEqual({ reason: 'not_enough_data' });
  expect(mean({ n: 2, sum: Infinity, sum2: Infinity })).toEqual({ reason: 'not_finite' });
  expect(mean({ n: 3, sum: 0.3, sum2: 0.03 })).toMatchObject({ value: 0.09999999999999999 });
  expect(sampleVariance({ n: 3, sum: 3e8, sum2: 3e16 })).toBe(0);
});
