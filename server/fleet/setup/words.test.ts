import { expect, test } from 'vitest';
import { bucketWord, length, of, plural } from './words.ts';

test.each([
  [0, '0 min'],
  [5_000, 'less than a minute'],
  [61_000, '2 min'],
  [23 * 60_000, '23 min'],
  [5 * 3_600_000, '5 h'],
  [24 * 3_600_000, '24 h'],
  [72 * 3_600_000, '3 d'],
])('a length of %i ms', (ms, text) => expect(length(ms)).toBe(text));

test('counts and buckets in words', () => {
  expect([of(412, 1000), plural(1, 'label'), plural(40_004, 'label')]).toEqual([
    '412 of 1,000',
    '1 label',
    '40,004 labels',
  ]);
  expect([bucketWord(3_600_000), bucketWord(900_000)]).toEqual(['hour', 'bucket of 15 min']);
});
