import { expect, test } from 'vitest';
import { sampleOf } from './sample.ts';
import { spreadTest } from './spread-test.ts';

test('distances from the given centre', () => {
  const wide = sampleOf([-4, -2, 2, 4]);
  const narrow = sampleOf([-1, -0.5, 0.5, 1]);
  const result = spreadTest(wide, narrow, () => 0);
  expect('value' in result && result.value).toBeCloseTo(14.294, 2);
});
