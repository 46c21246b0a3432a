import { expect, test } from 'vitest';
import { comparisonTests, run } from '../comparison.testing.ts';
import { energy } from './energy.ts';

comparisonTests(energy);

test('equal samples are 0', () => {
  expect(run(energy, [1, 2], [1, 2])).toEqual({ value: 0 });
});
