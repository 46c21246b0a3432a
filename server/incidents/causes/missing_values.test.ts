import { expect, test } from 'vitest';
import { planted } from '../testing/planted.ts';

test('names the columns that went together, with their shares', () => {
  const { causes, columns } = planted('missing_values');
  expect(causes[0]).toMatchObject({ kind: 'missing_values', column: expect.any(String) });
  expect([causes[0]!.columns ?? [causes[0]!.column]].flat().sort()).toEqual([...columns].sort());
  expect(causes[0]!.sentence).toMatch(/missing .*in 100 % of rows, against 0 % before/);
});
