import { expect, test } from 'vitest';
import { inferType } from './infer.ts';
import { CASES, ROWS } from './infer-cases.testing.ts';
import { factsOf } from './tally.ts';

test.each(CASES)('$name', ({ name, value, is }) => {
  const cells = Array.from({ length: ROWS }, (_, i) => value(i)?.toString() ?? null);
  expect(inferType(factsOf(name, cells))).toEqual(is);
});

test('a small table has no identifiers: ten different values say nothing', () => {
  expect(inferType(factsOf('id', ['1', '2', '3', '4']))).toEqual({ type: 'numeric', skip: null });
  expect(inferType(factsOf('name', ['a', 'b', 'c', 'd']))).toEqual({ type: 'categorical', skip: null });
});
