import { expect, test } from 'vitest';
import { comparisonTests, run } from '../comparison.testing.ts';
import { mannWhitney } from './mann-whitney.ts';

comparisonTests(mannWhitney, 1e-9);

test('ties are halves, constant is named, NaN is left out', () => {
  expect(run(mannWhitney, [1, 2], [3, 4, Number.NaN])).toMatchObject({ value: 1 });
  expect(run(mannWhitney, [1, 2], [1, 2])).toMatchObject({ value: 0.5, p: 1 });
  expect(run(mannWhitney, [1, 1], [1])).toEqual({ reason: 'constant' });
});
