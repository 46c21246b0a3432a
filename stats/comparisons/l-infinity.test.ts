import { expect, test } from 'vitest';
import { comparisonTests, run } from '../comparison.testing.ts';
import { lInfinity } from './l-infinity.ts';

comparisonTests(lInfinity);

test('same is 0, one bin against another is 1', () => {
  expect(run(lInfinity, [50, 30, 0], [500, 300, 0])).toMatchObject({ value: expect.closeTo(0, 12) });
  expect(run(lInfinity, [9, 0], [0, 3])).toEqual({ value: 1 });
});
