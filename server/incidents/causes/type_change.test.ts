import { expect, test } from 'vitest';
import { planted } from '../testing/planted.ts';

test('names the column and the share of its rows', () => {
  const { causes, columns } = planted('type_change');
  expect(causes[0]).toMatchObject({ kind: 'type_change', column: columns[0] });
  expect(causes[0]!.sentence).toContain('values of another type in 100 % of rows, against 0 % before');
});
