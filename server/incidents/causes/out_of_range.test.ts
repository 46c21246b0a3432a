import { expect, test } from 'vitest';
import { planted } from '../testing/planted.ts';

test('tells values beyond everything from a changed unit', () => {
  const { causes, columns } = planted('out_of_range');
  expect(causes[0]).toMatchObject({ kind: 'out_of_range', column: columns[0] });
});
