import { expect, test } from 'vitest';
import { ageWords, freshnessOf, STALE_MS } from './freshness.ts';

test.each([
  ['just opened, nothing read yet', [0, 0], 1_000, { stale: false, age: null }],
  ['opened long ago, one part never read', [0, 40_000], 41_000, { stale: true, age: null }],
  ['all read a moment ago', [99_000, 98_000], 100_000, { stale: false, age: 2_000 }],
  ['at the limit', [100_000], 100_000 + STALE_MS, { stale: false, age: STALE_MS }],
  ['beyond it', [100_000], 100_001 + STALE_MS, { stale: true, age: STALE_MS + 1 }],
  ['one part fell behind', [100_000, 10_000], 100_000, { stale: true, age: 90_000 }],
  ['read in a moment that has not come: the clock was set back', [100_000], 90_000, { stale: true, age: 0 }],
])('%s', (_, readAt, now, expected) => expect(freshnessOf(readAt, 0, now)).toEqual(expected));

test('ages in words', () =>
  expect([0, 119_999, 120_000, 7_200_000].map(ageWords)).toEqual(['0 s', '119 s', '2 min', '2 h']));
