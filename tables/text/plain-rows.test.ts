import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainRows } from './plain-rows.ts';
import { DELIMITED } from './text-rows.ts';

function mustReadAsTheOther(text: string, most: number): void {
  const rows = plainRows(text, ',', most);
  if (rows !== null) expect(rows, JSON.stringify(text)).toEqual(parse(text, { ...DELIMITED, to: most }));
}

test.each([
  [
    'a,b\n1,"x, ""y""\nz"\n',
    [
      ['a', 'b'],
      ['1', 'x, "y"\nz'],
    ],
  ],
  ['\n\na,b,\n\n ,\n""\n"",x', [['a', 'b', ''], [' ', ''], [''], ['', 'x']]],
  ['a', [['a']]],
  ['', []],
] as const)('%j', (text, rows) => {
  // biome-ignore format: one line
  expect(plainRows(text, ',', 300)).toEqual(rows);
  mustReadAsTheOther(text, 300);
});

test.each(['a\r\n1\r\n', 'a,b\n1\r2,3\n', 'a\n1"\n', 'a\n"1"x\n', 'a\n"1', '\uFEFFa\n1\n'])(
  '%j is left to the reader that knows all',
  (text) => {
    // biome-ignore format: one line
    expect(plainRows(text, ',', 300)).toBeNull();
  },
);

test('whatever it reads, the other reader reads too, and no row beyond those asked for is looked at', () => {
  const piece = fc.constantFrom('a', '1.5', ',', ',', '\n', '"', '""', ' ', '"x"', '"x,\n"', '\r', 'é');
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
  fc.assert(fc.property(text, fc.integer({ min: 1, max: 4 }), mustReadAsTheOther), { numRuns: 5000 });
  expect(plainRows('a\n1\n"', ',', 2)).toEqual([['a'], ['1']]);
});
