import { expect, test } from 'vitest';
import { duplicateShare } from './duplicates.ts';

test('rows that repeat an earlier one', () => {
  expect(duplicateShare(['a', 'b', 'a', 'a'])).toMatchObject({ value: 0.5 });
  expect(duplicateShare([1, 2, 3])).toMatchObject({ value: 0, low: 0 });
  expect(duplicateShare([])).toEqual({ reason: 'not_enough_data' });
});
