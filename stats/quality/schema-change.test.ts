import { expect, test } from 'vitest';
import { schemaChange } from './schema-change.ts';

const before = new Map([
  ['age', 'number'],
  ['city', 'text'],
  ['constructor', 'text'],
]);

test('added, removed, retyped', () => {
  const after = new Map([
    ['city', 'number'],
    ['constructor', 'text'],
    ['income', 'number'],
  ]);
  expect(schemaChange(before, after)).toEqual({
    added: ['income'],
    removed: ['age'],
    retyped: [{ name: 'city', before: 'text', after: 'number' }],
  });
});

test('the same columns in another order are no change', () => {
  const same = new Map([...before].reverse());
  expect(schemaChange(before, same)).toEqual({ added: [], removed: [], retyped: [] });
});
