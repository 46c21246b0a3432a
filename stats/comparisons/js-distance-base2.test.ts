import { expect, test } from 'vitest';
import { comparisonTests, run } from '../comparison.testing.ts';
import { jsDistanceBase2 } from './js-distance-base2.ts';

comparisonTests(jsDistanceBase2);

test('same is 0, disjoint almost 1', () => {
  expect(run(jsDistanceBase2, [50, 30, 0], [500, 300, 0])).toMatchObject({ value: expect.closeTo(0, 12) });
  expect(run(jsDistanceBase2, [900, 0], [0, 300])).toMatchObject({ value: expect.closeTo(1, 2) });
});
