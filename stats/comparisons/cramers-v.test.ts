import { expect, test } from 'vitest';
import { comparisonTests, run } from '../comparison.testing.ts';
import { cramersV } from './cramers-v.ts';

comparisonTests(cramersV);

test('same is 0, disjoint is about 1, one bin is constant', () => {
  expect(run(cramersV, [50, 30, 0], [500, 300, 0])).toMatchObject({ value: expect.closeTo(0, 12) });
  expect(run(cramersV, [900, 0], [0, 900])).toMatchObject({ value: expect.closeTo(1, 2) });
  expect(run(cramersV, [5, 0], [7, 0])).toEqual({ reason: 'constant' });
});
