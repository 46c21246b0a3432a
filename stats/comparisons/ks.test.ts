import { expect, test } from 'vitest';
import { comparisonTests, run } from '../comparison.testing.ts';
import { ks } from './ks.ts';

comparisonTests(ks);

test('equal and disjoint samples, and the limit beyond a million pairs', () => {
  expect(run(ks, [1, 2], [1, 2])).toMatchObject({ value: 0, p: 1 });
  expect(run(ks, [1, 2], [3, 4])).toMatchObject({ value: 1, p: expect.closeTo(1 / 3, 12) });
  const many = Array.from({ length: 2000 }, (_, i) => i);
  expect(
    run(
      ks,
      many,
      many.map((x) => x + 1e6),
    ),
  ).toMatchObject({ value: 1, logP: expect.closeTo(-1999.3069, 3) });
});
