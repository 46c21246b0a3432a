import { expect, test } from 'vitest';
import { planted } from '../testing/planted.ts';

test('tells few usual values from another population', () => {
  const { causes, columns } = planted('stale_feature');
  expect(causes[0]).toMatchObject({ kind: 'stale_feature', column: columns[0] });
});
