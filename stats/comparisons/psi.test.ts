import { expect, test } from 'vitest';
import { comparisonTests } from '../comparison.testing.ts';
import { psi as definition, populationStabilityIndex as psi } from './psi.ts';

comparisonTests(definition);

test('by hand: shares (60.5, 40.5)/101 against (50.5, 50.5)/101', () => {
  const r = [50.5 / 101, 50.5 / 101];
  const c = [60.5 / 101, 40.5 / 101];
  const expected = (c[0]! - r[0]!) * Math.log(c[0]! / r[0]!) + (c[1]! - r[1]!) * Math.log(c[1]! / r[1]!);
  const result = psi([50, 50], [60, 40]);
  expect('value' in result && result.value).toBeCloseTo(expected, 12);
  expect(result).toMatchObject({ noiseFloor: 1 / 100 + 1 / 100, m: 100, n: 100, bins: 2 });
});

test('five percent new nulls depend on the sample size: the reason why psi is not the default', () => {
  const small = psi([1000, 0], [950, 50]);
  const large = psi([1_000_000, 0], [950_000, 50_000]);
  expect('value' in small && small.value).toBeCloseTo(0.23, 1);
  expect('value' in large && large.value).toBeGreaterThan(0.55);
});

test('edge cases', () => {
  expect(psi([50, 50], [50, 50])).toMatchObject({ value: 0, debiased: 0 });
  expect(psi([9, 0], [3, 0])).toMatchObject({ value: 0, bins: 1, noiseFloor: 0 });
  expect(psi([0, 0], [1, 1])).toEqual({ reason: 'not_enough_data' });
  expect(psi([1], [1, 1])).toEqual({ reason: 'different_bins' });
});
