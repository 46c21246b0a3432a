import { expect, test } from 'vitest';
import { comparisonTests, run } from '../comparison.testing.ts';
import { welch } from './welch.ts';

comparisonTests(welch);

test('no spread, too few', () => {
  expect(run(welch, [1, 1], [2, 2])).toEqual({ reason: 'constant' });
  expect(run(welch, [1], [2, 3])).toEqual({ reason: 'not_enough_data' });
});
