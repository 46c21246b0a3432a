import { expect, test } from 'vitest';
import fixture from '../fixtures/intervals.json' with { type: 'json' };
import { boundedMean } from './bounded-mean.ts';
import { sumsOf } from './interval-over.ts';

test.each(fixture.bounded)('statsmodels: Wilson of the effective rows: %s', (_, numbers, low, high) => {
  const found = boundedMean(sumsOf(numbers as number[]));
  if (!('value' in found)) throw new Error(found.reason);
  expect(found.low).toBeCloseTo(low as number, 9);
  expect(found.high).toBeCloseTo(high as number, 9);
});

test('numbers that are all the same have a width; one alone says nothing', () => {
  const found = boundedMean(sumsOf([0.5, 0.5, 0.5]));
  expect(found).toMatchObject({ value: 0.5 });
  expect('value' in found && found.low < 0.4 && found.high > 0.6).toBe(true);
  expect(boundedMean(sumsOf([0, 0, 0]))).toMatchObject({ value: 0, low: 0 });
  expect(boundedMean(sumsOf([1]))).toEqual({ reason: 'not_enough_data' });
  expect(boundedMean({ n: 2, sum: Infinity, sum2: Infinity })).toEqual({ reason: 'not_finite' });
});
