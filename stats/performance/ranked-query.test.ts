import { expect, test } from 'vitest';
import { overQueries, ties } from './ranked-query.ts';

test('ties from the best score down; bad items are left out', () => {
  const query = { relevance: [0, 2, 1, -1, NaN, 3], score: [1, 4, 4, 9, 9, Infinity] };
  expect(ties(query)).toEqual([
    { before: 0, size: 2, gain: 3, relevant: 2 },
    { before: 2, size: 1, gain: 0, relevant: 0 },
  ]);
  expect(ties({ relevance: [], score: [] })).toEqual([]);
});

test('queries without a value are left out', () => {
  const query = { relevance: [1], score: [1] };
  expect(overQueries([query, query], () => null)).toEqual([]);
  expect(overQueries([query], () => 0.5)).toEqual([0.5]);
});
