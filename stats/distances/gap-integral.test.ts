import { expect, test } from 'vitest';
import { sampleOf } from '../sample.ts';
import { gapIntegral } from './gap-integral.ts';

test('the area between two steps', () => {
  expect(gapIntegral(sampleOf([0]), sampleOf([3]), 1)).toEqual({ value: 3 });
  expect(gapIntegral(sampleOf([0, 2]), sampleOf([1]), 2)).toEqual({ value: 0.5 });
  expect(gapIntegral(sampleOf([]), sampleOf([1]), 1)).toEqual({ reason: 'not_enough_data' });
});
