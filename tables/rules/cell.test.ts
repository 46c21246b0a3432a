import { expect, test } from 'vitest';
import { cellFor, cellOf, representationOf } from './cell.ts';
import { factsOf } from './tally.ts';

const many = (cells: readonly string[]) => Array.from({ length: 40 }, (_, i) => cells[i % cells.length]!);

test.each<[string, string[], string | null, string?]>([
  ['numbers', ['1', '-2.5', '1e3', ''], 'number'],
  ['numbers with a gap marked NA', ['1', 'NA', '3'], 'number'],
  ['numbers with a stray word', [...Array.from({ length: 39 }, (_, i) => `${i}.5`), '?'], 'number'],
  ['0 and 1', ['0', '1', '1.0'], 'number'],
  ['moments', ['1767225600', '1767229200'], 'number', 'created_at'],
  ['codes with leading zeros', ['02139', '10001'], 'text'],
  ['codes by their name', ['10115', '20095', '80331'], 'text', 'zip'],
  ['ids of few values', ['3', '7', '9'], 'text', 'shop_id'],
  ['a lone zero and decimals', ['0', '0.5'], 'number'],
  ['truth values', ['true', 'False', ''], 'boolean'],
  ['yes and no', ['yes', 'no'], 'text'],
  ['dates', ['2026-01-31', '2026-02-01'], 'text'],
  ['mixed', ['1', 'x'], 'text'],
  ['nothing at all', ['', 'NA'], null],
])('%s', (_, cells, expected, name = 'c') => {
  expect(representationOf(factsOf(name, many(cells)))).toBe(expected);
});

test.each([
  ['12.5', 'number', 12.5],
  [' 12.5\t', 'number', 12.5],
  ['', 'number', null],
  ['\\N', 'number', null],
  ['?', 'text', '?'],
  ['NA', 'text', null],
  ['twelve', 'number', 'twelve'],
  ['1e400', 'number', '1e400'],
  ['TRUE', 'boolean', true],
  ['yes', 'boolean', 'yes'],
  ['02139', 'text', '02139'],
  [7, 'number', 7],
  [7, 'text', '7'],
  [true, 'boolean', true],
  [undefined, 'text', null],
  [{ a: 1 }, 'number', '{"a":1}'],
] as const)('cellOf(%j, %s) → %j', (cell, as, expected) => {
  expect(cellOf(cell, as)).toBe(expected);
});

test.each([
  ['1.0', 'number', 'text', '1'],
  ['True', 'boolean', 'text', 'true'],
  ['02139', 'text', 'text', '02139'],
  ['02139', 'text', 'number', 2139],
  ['NA', 'number', 'text', null],
] as const)('cellFor(%j, %s, %s) → %j', (cell, own, wanted, expected) => {
  expect(cellFor(cell, own, wanted)).toBe(expected);
});
