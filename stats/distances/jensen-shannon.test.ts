import { expect, test } from 'vitest';
import fixture from '../fixtures/jensen-shannon.json' with { type: 'json' };
import { jsDistanceNat, jsDivergenceBase2 } from './jensen-shannon.ts';

test.each(fixture)('scipy: $reference against $current', ({ reference, current, base2, nat }) => {
  const divergence = jsDivergenceBase2(reference, current);
  const distance = jsDistanceNat(reference, current);
  expect('value' in divergence && Math.abs(Math.sqrt(divergence.value) - base2)).toBeLessThan(1e-8);
  expect('value' in divergence && Math.abs(divergence.value - base2 ** 2)).toBeLessThan(1e-12);
  expect('value' in distance && Math.abs(distance.value - nat)).toBeLessThan(1e-8);
});

test('edge cases', () => {
  expect(jsDivergenceBase2([], [])).toEqual({ reason: 'not_enough_data' });
  expect(jsDivergenceBase2([1], [0])).toEqual({ reason: 'not_enough_data' });
  expect(jsDivergenceBase2([1], [1, 2])).toEqual({ reason: 'different_bins' });
  expect(jsDivergenceBase2([4, 0], [9, 0])).toEqual({ value: 0 });
  expect(jsDivergenceBase2([4, 0], [0, 9])).toEqual({ value: 1 });
});
