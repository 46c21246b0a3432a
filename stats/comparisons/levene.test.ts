import { expect, test } from 'vitest';
import { comparisonTests, run } from '../comparison.testing.ts';
import { levene } from './levene.ts';

comparisonTests(levene);

test('no spread, too few', () => {
  expect(run(levene, [1, 1], [2, 2])).toEqual({ reason: 'constant' });
  expect(run(levene, [1], [2, 3])).toEqual({ reason: 'not_enough_data' });
});
