import { expect, test } from 'vitest';
import { planted } from '../testing/planted.ts';

test('tells a new category from a renamed one', () => {
  const { causes, columns } = planted('new_category');
  expect(causes[0]).toMatchObject({ kind: 'new_category', column: columns[0] });
});

test('tells new names that came bit by bit, though some rows before the change have them', () => {
  const { causes, columns } = planted('new_category', { leaked: 0.04 });
  expect(causes[0]).toMatchObject({ kind: 'new_category', column: columns[0] });
});
