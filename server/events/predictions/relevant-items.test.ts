import { expect, test } from 'vitest';
import { relevantItems } from './relevant-items.ts';

test.each([
  ['a', { a: 1 }],
  ['["a","b"]', { a: 1, b: 1 }],
  ['[["b",1],["a",3],["c",0]]', { a: 3, b: 1, c: 0 }],
  ['[]', {}],
  ['[1,2]', { '[1,2]': 1 }],
  ['[a bracket', { '[a bracket': 1 }],
])('%s', (label, items) => {
  expect(relevantItems(label)).toEqual(
    Object.entries(items).map(([item, relevance]) => ({ item, relevance })),
  );
});
