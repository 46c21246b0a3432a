import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { Aside } from '../aside.ts';
import { LEADING_ZERO, NUMBER, WHOLE } from '../rules/numbers.ts';
import { delimitedLayout } from '../text/delimited-layout.ts';
import { holdTable } from './held-table.ts';
import { holdAside } from './hold-aside.ts';
import { NumberScanner } from './number-scanner.ts';
import { sortNumbers } from './sort-numbers.ts';

const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-columns-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function held(text: string) {
  const file = join(folder, 'table.csv');
  writeFileSync(file, text);
  return holdTable([file], delimitedLayout(file, Buffer.from(text), true));
}

const scanner = new NumberScanner();
function mustReadAs(text: string): void {
  const end = scanner.read(Buffer.from(`${text}\n`, 'latin1'), 0);
  const isNumber = new RegExp(NUMBER).test(text) && Number.isFinite(Number(text));
  expect(end === text.length, text).toBe(isNumber);
  if (!isNumber) return;
  expect(scanner.value, text).toBe(Number(text));
  expect([scanner.whole, scanner.zeroFirst], text).toEqual([
    new RegExp(WHOLE).test(text),
    new RegExp(LEADING_ZERO).test(text),
  ]);
}

test.each(['0', '-0', '007', '1.', '.5', '.', '+.5', '1e5', '-1E-3', '1e', 'e5', '1e400', '4.9e-324', '0e999', '1.000', '123456789012345', '1234567890123456', '9007199254740993', '9007199254740992.5', '18014398509481985.0', '0.10000000000000000555', '--1', '1.5.5', ''])('%s is the number that the language reads, or none', mustReadAs); // biome-ignore format: one line

test('numbers of any length are read to the last bit', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x): void => mustReadAs(String(x))),
  );
  const digits = fc.array(fc.constantFrom(...'0123456789.'), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(digits, (each): void => mustReadAs(each.join(''))),
    { numRuns: 500 },
  );
  // Between two doubles, where rounding is hardest.
  const middle = fc.tuple(fc.bigInt(2n ** 52n, 2n ** 53n - 1n), fc.integer({ min: 1, max: 3 }));
  fc.assert(
    fc.property(middle, ([m, e]) => {
      const all = ((2n * m + 1n) * 5n ** BigInt(e)).toString();
      mustReadAs(`${all.slice(0, -e)}.${all.slice(-e)}`);
    }),
  );
});

test.each([
  ['few', 100, (i: number): number => Math.sin(i) * 1e3],
  ['spread', 5000, (i: number): number => Math.exp(20 * Math.sin(i)) * Math.sign(Math.cos(i))],
  ['alike in their upper halves', 5000, (i: number): number => 1e9 + 1e-6 * Math.sin(i)],
  ['nearly alike', 5000, (i: number): number => Math.floor(i / 4) + 1e-9 * Math.sin(i)],
  ['zeros of either sign', 5000, (i: number): number => (i % 3 === 0 ? -0 : 0)],
  ['huge', 5000, (i: number): number => Math.sin(i) * Number.MAX_VALUE],
] as const)('numbers are sorted as by comparing: %s', (_, n, value) => {
  const numbers = Float64Array.from({ length: n }, (__, i) => value(i));
  expect(sortNumbers(numbers.slice())).toEqual(numbers.slice().sort());
});

test('quotes, gaps, blank lines, short and long rows, carriage returns, no line end at the end', async () => {
  const table = await held(
    'a,b,c\r\n1,"x, ""y""\nz",3\r\n\r\n 2 ,,\r\n"  "\r\n3,w\r\n4,w,NA,more\r\n+5.0,"w",1e400',
  );
  expect(table!.rows).toBe(5);
  const [a, b, c] = [...table!.columns.values()];
  expect([...a!.numbers]).toEqual([1, 2, 3, 4, 5]);
  expect(b!.categories.texts).toEqual(['x, "y"\nz', 'w']);
  expect([...b!.categories.codes]).toEqual([1, 0, 2, 2, 2]);
  expect([...c!.numbers]).toEqual([3, Number.NaN, Number.NaN, Number.NaN, Number.POSITIVE_INFINITY]);
  expect(c!.facts('c')).toMatchObject({ n: 5, missing: 3, numbers: 1, infinite: 1, distinct: 2 });
  // Asked for its texts, a column still has the same facts.
  const { codes, texts } = a!.categories;
  expect(Array.from(codes, (code) => texts[code - 1])).toEqual(['1', '2', '3', '4', '+5.0']);
  expect(a!.facts('a')).toMatchObject({
    n: 5,
    missing: 0,
    numbers: 5,
    integers: 5,
    distinct: 5,
    maxLength: 4,
  });
});

test.each([
  ['a quote within a field', 'a,b\n1,5" pipe\n'],
  ['text behind a closing quote', 'a,b\n1,"x"y\n'],
  ['a blank before a quote', 'a,b\n1, "x"\n'],
  ['a lone carriage return', 'a,b\n1,x\ry\n2,z\n'],
])('%s is left to the readers that know what to make of it', async (_, text) => {
  expect(await held(text)).toBeNull();
});

test('one column: blank lines are missing values, before the end', async () => {
  const table = await held('a\n1\n\n3\n\n\n');
  expect([...table!.columns.get('a')!.numbers]).toEqual([1, Number.NaN, 3]);
});

test.each([
  ['1.5,1.50,1', 3],
  ['1.0,2.0,1.0', 2],
  ['1,1.0,2', 3],
  ['1.5,2.0,1.25', 3],
  ['0,-0,0', 2],
  ['x,1.5,x', 2],
  ['1,1.,0,1e0', 4],
  ['0, 0,"0",0 ', 1],
])('%s has %i distinct texts', async (cells, distinct) => {
  const table = await held(
    `a,b\n${cells
      .split(',')
      .map((cell) => `${cell},0`)
      .join('\n')}\n`,
  );
  expect(table!.columns.get('a')!.facts('a').distinct).toBe(distinct);
});

test('several files, one of them compressed, are one table', async () => {
  const [first, second] = [join(folder, '1.csv'), join(folder, '2.csv.gz')];
  writeFileSync(first, 'a,b\n1,x\n2,y');
  writeFileSync(second, gzipSync('\uFEFFa,b\n3,x\n'));
  const table = await holdTable([first, second], delimitedLayout(first, Buffer.from('a,b\n1,x\n2,y'), true));
  expect([...table!.columns.get('a')!.numbers]).toEqual([1, 2, 3]);
  expect([...table!.columns.get('b')!.categories.codes]).toEqual([1, 2, 1]);
});

test('a large table that a thread reads is the same', async () => {
  const file = join(folder, 'large.csv');
  const line = (i: number) =>
    `${i % 7},${Math.sin(i)},"${i % 3 === 0 ? '' : `a ""${i % 50}""`}",${i % 5 === 0 ? 'NA' : `word ${i % 900}`},${`${i % 4}`.padStart(3, '0')}`;
  writeFileSync(file, `few,x,quoted,word,code\n${Array.from({ length: 80_000 }, (_, i) => line(i)).join('\n')}\n`); // biome-ignore format: one file
  const layout = delimitedLayout(file, readFileSync(file).subarray(0, 1 << 20), false);
  await using thread = new Aside();
  const [here, aside] = [await holdTable([file], layout), await holdAside([file], layout, thread)];
  expect(aside!.rows).toBe(80_000);
  for (const [name, column] of here!.columns) {
    const other = aside!.columns.get(name)!;
    expect(other.facts(name)).toEqual(column.facts(name));
    expect(other.numbers).toEqual(column.numbers);
    expect(other.sorted).toEqual(column.sorted);
    expect(other.categories).toEqual(column.categories);
  }
});
