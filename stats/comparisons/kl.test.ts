import { expect, test } from 'vitest';
import { comparisonTests, run } from '../comparison.testing.ts';
import { kl } from './kl.ts';

comparisonTests(kl);

test('same shares are 0, disjoint stay finite', () => {
  expect(run(kl, [50, 30, 0], [50, 30, 0])).toMatchObject({ value: expect.closeTo(0, 12) });
  expect(run(kl, [99, 0], [0, 99])).toMatchObject({ value: expect.closeTo(5.2404, 3) });
});
