import { expect, test } from 'vitest';
import { comparisonTests, run } from '../comparison.testing.ts';
import { jsDistanceNat } from './js-distance-nat.ts';

comparisonTests(jsDistanceNat);

test('same is 0, disjoint is √ln 2', () => {
  expect(run(jsDistanceNat, [50, 30, 0], [500, 300, 0])).toMatchObject({ value: expect.closeTo(0, 12) });
  expect(run(jsDistanceNat, [9, 0], [0, 3])).toEqual({ value: Math.sqrt(Math.LN2) });
});
