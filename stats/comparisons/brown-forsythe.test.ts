import { expect, test } from 'vitest';
import { comparisonTests, run } from '../comparison.testing.ts';
import { brownForsythe } from './brown-forsythe.ts';

comparisonTests(brownForsythe);

test('no spread, too few', () => {
  expect(run(brownForsythe, [1, 1], [2, 2])).toEqual({ reason: 'constant' });
  expect(run(brownForsythe, [1], [2, 3])).toEqual({ reason: 'not_enough_data' });
});
