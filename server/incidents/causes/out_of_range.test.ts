import { expect, test } from 'vitest';
import { planted } from '../testing/planted.ts';

test('tells values beyond everything from a changed unit', () => {
  const { causes, columns } = planted('out_of_range');
  expect(causes[0]).toMatchObject({ kind: 'out_of_range', column: columns[0] });
});

test('tells values that came bit by bit, though some rows before the change lie as far out', () => {
  const sentinel = planted('out_of_range', { leaked: 0.04, seed: 105 });
  expect(sentinel.causes[0]).toMatchObject({ kind: 'out_of_range', column: sentinel.columns[0] });
  const { causes, columns } = planted('out_of_range', { leaked: 0.04 });
  expect(causes[0]).toMatchObject({ kind: 'out_of_range', column: columns[0] });
});
