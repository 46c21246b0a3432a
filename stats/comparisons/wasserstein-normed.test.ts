import { expect, test } from 'vitest';
import { comparisonTests, run } from '../comparison.testing.ts';
import { wassersteinNormed } from './wasserstein-normed.ts';

comparisonTests(wassersteinNormed);

test('a constant reference has no spread', () => {
  expect(run(wassersteinNormed, [2, 2], [3, 4])).toEqual({ reason: 'constant' });
});
