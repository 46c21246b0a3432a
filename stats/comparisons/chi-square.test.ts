import { expect, test } from 'vitest';
import { comparisonTests, run } from '../comparison.testing.ts';
import { chiSquare } from './chi-square.ts';

comparisonTests(chiSquare);

test('same shares, one bin, a p-value far below 1e-300', () => {
  expect(run(chiSquare, [50, 30], [500, 300])).toMatchObject({
    value: expect.closeTo(0, 9),
    p: expect.closeTo(1, 4),
  });
  expect(run(chiSquare, [5, 0], [7, 0])).toEqual({ reason: 'constant' });
  expect(run(chiSquare, [1e6, 0], [0, 1e6])).toMatchObject({ p: 0, logP: expect.closeTo(-1e6, -2) });
});
