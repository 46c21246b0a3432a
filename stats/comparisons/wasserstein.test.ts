import { expect, test } from 'vitest';
import { comparisonTests, run } from '../comparison.testing.ts';
import { wasserstein } from './wasserstein.ts';

comparisonTests(wasserstein);

test('a shift is its size, in the unit', () => {
  expect(run(wasserstein, [1, 2, 3], [6, 7, 8])).toMatchObject({ value: expect.closeTo(5, 12) });
  expect(run(wasserstein, [1e308], [-1e308])).toEqual({ reason: 'not_finite' });
});
