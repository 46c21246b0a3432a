import { expect, test } from 'vitest';
import { comparisonTests, run } from '../comparison.testing.ts';
import { gTest } from './g-test.ts';

comparisonTests(gTest);

test('same shares, one bin', () => {
  expect(run(gTest, [50, 30], [500, 300])).toMatchObject({
    value: expect.closeTo(0, 9),
    p: expect.closeTo(1, 4),
  });
  expect(run(gTest, [5, 0], [7, 0])).toEqual({ reason: 'constant' });
});
