import { expect, test } from 'vitest';
import { planted } from '../testing/planted.ts';

test('says by how much, and what it usually is', () => {
  const { causes, columns } = planted('unit_change', { strength: 1 });
  expect(causes[0]).toMatchObject({ kind: 'unit_change', column: columns[0] });
  expect(causes[0]!.sentence).toContain(
    `${columns[0]} is 100 times larger; its shape is unchanged: a unit change, such as cents for euros`,
  );
});
