import { expect, test } from 'vitest';
import { comparisonTests, run } from '../comparison.testing.ts';
import { andersonDarlingK } from './anderson-darling-k.ts';

comparisonTests(andersonDarlingK, 1e-9, 0.05);

test('all equal is constant, far apart is far in the tail', () => {
  expect(run(andersonDarlingK, [1, 1, 1], [1, 1])).toEqual({ reason: 'constant' });
  const many = Array.from({ length: 400 }, (_, i) => i);
  expect(
    run(
      andersonDarlingK,
      many,
      many.map((x) => x + 1000),
    ),
  ).toMatchObject({ p: expect.toSatisfy((p: number) => p > 0 && p < 1e-50) });
});
