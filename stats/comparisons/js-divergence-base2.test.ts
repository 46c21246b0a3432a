import { expect, test } from 'vitest';
import { comparisonTests, run } from '../comparison.testing.ts';
import { jsDivergenceBase2 } from './js-divergence-base2.ts';

comparisonTests(jsDivergenceBase2);

test('same is 0, disjoint is 1', () => {
  expect(run(jsDivergenceBase2, [50, 30, 0], [500, 300, 0])).toMatchObject({ value: expect.closeTo(0, 12) });
  expect(run(jsDivergenceBase2, [9, 0], [0, 3])).toEqual({ value: 1 });
});
