import { expect, test } from 'vitest';
import { planted } from '../testing/planted.ts';

test('names the column and how much of it stands still', () => {
  const { causes, columns } = planted('stuck_value');
  expect(causes[0]).toMatchObject({ kind: 'stuck_value', column: columns[0] });
  expect(causes[0]!.sentence).toContain('repeats one value in 100 % of rows');
});
