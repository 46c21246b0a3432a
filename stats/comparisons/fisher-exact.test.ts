import { expect, test } from 'vitest';
import { comparisonTests, run } from '../comparison.testing.ts';
import { fisherExact } from './fisher-exact.ts';

comparisonTests(fisherExact);

test('no difference, an empty column', () => {
  expect(run(fisherExact, [10, 10], [10, 10])).toMatchObject({ value: 0, p: expect.closeTo(1, 9) });
  expect(run(fisherExact, [5, 0], [5, 0])).toEqual({ reason: 'constant' });
});
