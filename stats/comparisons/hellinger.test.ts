import { expect, test } from 'vitest';
import { comparisonTests, run } from '../comparison.testing.ts';
import { hellinger } from './hellinger.ts';

comparisonTests(hellinger);

test('same is 0, disjoint is 1', () => {
  expect(run(hellinger, [50, 30, 0], [500, 300, 0])).toMatchObject({ value: expect.closeTo(0, 12) });
  expect(run(hellinger, [9, 0], [0, 3])).toEqual({ value: 1 });
});
