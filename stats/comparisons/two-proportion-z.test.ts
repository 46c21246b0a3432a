import { expect, test } from 'vitest';
import { comparisonTests, run } from '../comparison.testing.ts';
import { twoProportionZ } from './two-proportion-z.ts';

comparisonTests(twoProportionZ);

test('equal shares, constant shares', () => {
  expect(run(twoProportionZ, [10, 10], [20, 20])).toMatchObject({ value: 0, p: 1 });
  expect(run(twoProportionZ, [5, 0], [5, 0])).toEqual({ reason: 'constant' });
});
