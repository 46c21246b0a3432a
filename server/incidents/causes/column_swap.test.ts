import { expect, test } from 'vitest';
import { planted } from '../testing/planted.ts';

test('names both', () => {
  const { causes, columns } = planted('column_swap');
  expect(causes[0]).toMatchObject({ kind: 'column_swap', columns: [...columns] });
});
