import { expect, test } from 'vitest';
import { nextSort, readSort, type SortValue, sorted, sortText } from './sort.ts';

test('a text of a URL, there and back', () => {
  expect(readSort('a:b:desc')).toEqual({ by: 'a:b', way: 'desc' });
  expect(sortText({ by: 'score', way: 'asc' })).toBe('score:asc');
  for (const text of [undefined, '', 'score', 'score:up', ':asc']) expect(readSort(text)).toBeUndefined();
});

test('a head is clicked one way, the other way, and back to the own order', () => {
  const first = nextSort(undefined, 'n', 'desc');
  const second = nextSort(first, 'n', 'desc');
  expect([first?.way, second?.way, nextSort(second, 'n', 'desc')]).toEqual(['desc', 'asc', undefined]);
  expect(nextSort(first, 'other')).toEqual({ by: 'other', way: 'asc' });
});

test.each([
  ['numbers', [10, 9, null, 100], 'asc', [9, 10, 100, null]],
  ['numbers down, nothing still last', [10, 9, null, 100], 'desc', [100, 10, 9, null]],
  ['texts with numbers', ['v10', 'v9', 'V1'], 'asc', ['V1', 'v9', 'v10']],
] as const)('%s', (_, rows, way, expected) =>
  expect(sorted<SortValue>(rows, (row) => row, way)).toEqual(expected),
);

test('equal rows keep their order', () => {
  const rows = [
    { n: 1, id: 'a' },
    { n: 1, id: 'b' },
  ];
  expect(sorted(rows, ({ n }) => n, 'desc').map(({ id }) => id)).toEqual(['a', 'b']);
});
