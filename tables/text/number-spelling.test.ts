import { expect, test } from 'vitest';
import { numberSpelling, plainSpelling } from './number-spelling.ts';

const amounts = Array.from({ length: 18 }, (_, i) => `${i * 3},${String(i * 5).padStart(2, '0')}`);

test.each([
  ['a decimal comma', amounts, 'decimal_comma'],
  ['with cells that stand for nothing', [...amounts, '-', '?', 'NA', ''], 'decimal_comma'],
  ['with as many words as numbers', [...amounts, ...amounts.map(() => 'viel')], null],
  ['with a code', [...amounts, 'A,7'], null],
  ['plain numbers with a stray word', [...amounts.map((_, i) => `${i}.5`), '?'], null],
  ['a comma that may be either, cut by semicolons', ['1,234', '5,678', '9,100'], 'decimal_comma'],
] as const)('%s', (_, cells, spelling) => {
  expect(numberSpelling(cells, ';')).toBe(spelling);
});

test('a cell without a digit stays as it is', () => {
  expect(plainSpelling('1.234,5 €', 'decimal_comma')).toBe('1234.5');
  expect(plainSpelling('k. A.', 'decimal_comma')).toBe('k. A.');
});
