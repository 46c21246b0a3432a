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

test('a few new rows whose known categories lost by chance are no renamed ones', () => {
  for (let seed = 1; seed <= 12; seed++) {
    const { causes } = planted('new_category', { strength: 0, share: 0.5, seed });
    expect(causes[0]?.kind, `${seed}`).toBe('new_category');
  }
});
