import { expect, test } from 'vitest';
import { planted } from '../testing/planted.ts';

test('tells a moved category from a new one, without naming it', () => {
  const { causes, columns } = planted('category_renamed');
  expect(causes[0]).toMatchObject({ kind: 'category_renamed', column: columns[0] });
  expect(causes[0]!.sentence).not.toMatch(/-2/);
});
