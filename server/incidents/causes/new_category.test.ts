import { expect, test } from 'vitest';
import { planted } from '../testing/planted.ts';

test('tells a new category from a renamed one', () => {
  const { causes, columns } = planted('new_category');
  expect(causes[0]).toMatchObject({ kind: 'new_category', column: columns[0] });
});
