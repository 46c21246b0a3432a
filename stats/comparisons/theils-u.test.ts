import { expect, test } from 'vitest';
import { comparisonTests, run } from '../comparison.testing.ts';
import { theilsU } from './theils-u.ts';

comparisonTests(theilsU);

test('same is 0, disjoint is 1, one bin tells nothing', () => {
  expect(run(theilsU, [50, 30, 0], [500, 300, 0])).toMatchObject({ value: expect.closeTo(0, 12) });
  expect(run(theilsU, [9, 0], [0, 3])).toEqual({ value: 1 });
  expect(run(theilsU, [9], [3])).toEqual({ value: 0 });
});
