import { expect, test } from 'vitest';
import { comparisonTests, run } from '../comparison.testing.ts';
import { cramerVonMises } from './cramer-von-mises.ts';

comparisonTests(cramerVonMises, 1e-9, 1e-6);

test('too few on a side, deep tail', () => {
  expect(run(cramerVonMises, [1], [1, 2])).toEqual({ reason: 'not_enough_data' });
  const many = Array.from({ length: 400 }, (_, i) => i);
  expect(
    run(
      cramerVonMises,
      many,
      many.map((x) => x + 1000),
    ),
  ).toMatchObject({ p: expect.toSatisfy((p: number) => p > 0 && p < 1e-100) });
});
