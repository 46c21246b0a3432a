import { expect, test } from 'vitest';
import type { Model } from '../../api/types.ts';
import { neighboursOf } from './neighbours.ts';

const column = (name: string, type: Model['columns'][number]['type']): Model['columns'][number] => ({
  name,
  type,
  stored_as: 'text',
  recognised: null,
  importance: null,
  safe: false,
  protection: null,
});
const columns = [
  column('age', 'numeric'),
  column('customer', 'identifier'),
  column('country', 'categorical'),
  column('new', 'boolean'),
];

test.each([
  ['age', { before: 'new', after: 'country', place: 1, of: 3 }],
  ['country', { before: 'age', after: 'new', place: 2, of: 3 }],
  ['customer', { before: 'age', after: 'country', place: null, of: 3 }],
  ['_score', null],
])('columns are counted as the heat map counts them: %s', (name, expected) => {
  expect(neighboursOf(columns, name)).toEqual(expected);
});

test('one column has no neighbour', () => {
  expect(neighboursOf([column('age', 'numeric'), column('id', 'identifier')], 'age')).toBeNull();
});
