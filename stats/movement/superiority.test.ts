import { expect, test } from 'vitest';
import fixture from '../fixtures/movement.json' with { type: 'json' };
import { sampleOf } from '../sample.ts';
import { superiority } from './superiority.ts';

test.each(fixture.areas)('as scikit-learn and DeLong by the definition: $name', (each) => {
  const found = superiority(sampleOf(each.reference), sampleOf(each.current));
  if (!('value' in found)) throw new Error(found.reason);
  expect(found.value).toBeCloseTo(each.value, 9);
  expect(found.low).toBeCloseTo(each.low, 9);
  expect(found.high).toBeCloseTo(each.high, 9);
});

test('nothing, and the same twice', () => {
  expect(superiority(sampleOf([]), sampleOf([1]))).toEqual({ reason: 'not_enough_data' });
  const same = superiority(sampleOf([1, 2, 3]), sampleOf([1, 2, 3]));
  expect('value' in same && same.value).toBeCloseTo(0.5, 12);
});
