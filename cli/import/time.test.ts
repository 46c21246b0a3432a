import { expect, test } from 'vitest';
import { columnTypes, timeOf, typed } from './types.ts';

test.each([
  ['numbers', ['1', '-2.5', '1e3', ''], 'number'],
  ['numbers with a gap marked NA', ['1', 'NA', '3'], 'number'],
  ['codes with leading zeros stay text', ['02139', '10001'], 'text'],
  ['a lone zero and decimals are numbers', ['0', '0.5'], 'number'],
  ['truth values', ['true', 'False', ''], 'boolean'],
  ['mixed', ['1', 'x'], 'text'],
  ['nothing at all', ['', ''], 'text'],
])('%s', (_, values, expected) => {
  expect(columnTypes(values.map((value) => ({ c: value }))).get('c')).toBe(expected);
});

test.each([
  ['12.5', 'number', 12.5],
  ['', 'number', null],
  ['?', 'text', null],
  ['twelve', 'number', 'twelve'],
  ['TRUE', 'boolean', true],
  [7, 'number', 7],
] as const)('typed(%j, %s) → %j', (value, type, expected) => {
  expect(typed(value, type)).toBe(expected);
});

test.each([
  ['2011-01-01 05:00:00', Date.UTC(2011, 0, 1, 5)],
  ['2011-01-01T05:00:00', Date.UTC(2011, 0, 1, 5)],
  ['2011-01-01', Date.UTC(2011, 0, 1)],
  ['2011-01-01T05:00:00+02:00', Date.UTC(2011, 0, 1, 3)],
  ['1293858000', 1293858000_000],
  ['1293858000000', 1293858000_000],
  ['1293858000.5', 1293858000_500],
  ['yesterday', 'yesterday'],
])('timeOf(%s) → %s', (value, expected) => {
  expect(timeOf(value)).toBe(expected);
});
