import { expect, test } from 'vitest';
import { planted } from '../testing/planted.ts';

test('tells a moved category from a new one, without naming it', () => {
  const { causes, columns } = planted('category_renamed');
  expect(causes[0]).toMatchObject({ kind: 'category_renamed', column: columns[0] });
  expect(causes[0]!.sentence).not.toMatch(/-2/);
});

test('tells a name that came bit by bit from another mix, though some rows before the change have it', () => {
  const { causes, columns } = planted('category_renamed', { leaked: 0.04 });
  expect(causes[0]).toMatchObject({ kind: 'category_renamed', column: columns[0] });
});
