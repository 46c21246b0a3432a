import { expect, test } from 'vitest';
import { all, one, parseSearch, stringifySearch } from './search.ts';

test.each([
  ['', {}],
  ['?preset=7d', { preset: '7d' }],
  ['?where=a:gt:1&where=b:eq:x+y', { where: ['a:gt:1', 'b:eq:x y'] }],
  ['?from=2012-01-01T00:00:00Z', { from: '2012-01-01T00:00:00Z' }],
])('%s there and back', (text, search) => {
  expect(parseSearch(text)).toEqual(search);
  expect(stringifySearch(search)).toBe(text);
});

test('values that would break out of the query are escaped', () => {
  const search = { q: 'a&b=c#d%' };
  expect(parseSearch(stringifySearch(search))).toEqual(search);
});

test('absent and empty leave no trace', () => {
  expect(stringifySearch({ a: undefined, b: '', c: null, d: [] })).toBe('');
  expect(one({ a: '' }, 'a')).toBeUndefined();
  expect(one({ a: ['x', 'y'] }, 'a')).toBe('x');
  expect(all({ a: 'x' }, 'a')).toEqual(['x']);
  expect(all({}, 'a')).toBeUndefined();
});
