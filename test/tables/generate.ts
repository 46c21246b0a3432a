import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';

/** How a column of a typed file is stored, in the words of the engine. */
type EngineType = 'Float64' | 'Int64' | 'String' | 'Bool' | "DateTime64(3, 'UTC')";

export interface GeneratedColumn {
  readonly name: string;
  readonly kind: string;
  /** Cells as text, null where there is none. */
  readonly cells: readonly (string | null)[];
  readonly type: EngineType;
}

export interface GeneratedTable {
  readonly columns: readonly GeneratedColumn[];
  readonly rows: number;
  readonly format: 'csv' | 'jsonl' | 'json' | 'parquet' | 'arrow';
  readonly delimiter: ',' | ';' | '\t' | '|';
  readonly encoding: 'utf-8' | 'bom' | 'utf-16le';
  readonly compression: '' | '.gz' | '.zst';
  readonly ending: '\n' | '\r\n';
}

const NAMES = [
  'x',
  'amount',
  'bytes_sent',
  'zip',
  'customer_id',
  'Größe',
  'età media',
  '数量',
  '🌋',
  'a.b',
  'select',
  'null',
  '__proto__',
  "it's",
  'x'.repeat(100),
  'created_at',
];

/** Numbers that lie around a place where something changes: what a double holds, what the engine takes for whole. */
const EDGES = [
  '0',
  '-0',
  '1e308',
  '-1e308',
  '1.7976931348623157e308',
  '5e-324',
  '-5e-324',
  '2.2250738585072014e-308',
  '9007199254740991',
  '9007199254740992',
  '9007199254740993',
  '9223372036854775807',
  '-9223372036854775808',
  '18446744073709551615',
  '4294967295',
  '4294967296',
  '0.1',
  '1e400',
];

interface Kind {
  readonly kind: string;
  readonly type: EngineType;
  readonly cell: fc.Arbitrary<string>;
}

const kind = (name: string, type: EngineType, cell: fc.Arbitrary<string>): Kind => ({
  kind: name,
  type,
  cell,
});
const between = (from: number, to: number) => fc.integer({ min: from, max: to });
const KINDS: readonly Kind[] = [
  kind(
    'fractions',
    'Float64',
    between(0, 100_000).map((n) => String(n / 128)),
  ),
  kind(
    'far above 2^32',
    'Float64',
    between(0, 2 ** 31 - 1).map((n) => String(5_682_659_882 + n)),
  ),
  kind('whole', 'Int64', between(-5000, 5000).map(String)),
  kind('few whole', 'Int64', between(1, 7).map(String)),
  kind(
    'snowflakes',
    'Int64',
    between(0, 2 ** 31 - 1).map((n) => String(1_541_815_603_606_036_480n + BigInt(n))),
  ),
  kind(
    'around 2^53',
    'Int64',
    between(-1, 1).map((n) => String(2n ** 53n + BigInt(n))),
  ),
  kind('huge', 'Float64', fc.constantFrom('1e308', '-1e308', '9.9e307', '1e300', '-1e-300')),
  kind('tiny', 'Float64', fc.constantFrom('5e-324', '1e-310', '2.5e-308', '0', '-5e-324')),
  kind('edges', 'Float64', fc.constantFrom(...EDGES)),
  kind('constant', 'Float64', fc.constant('42.5')),
  kind('zero and one', 'Int64', fc.constantFrom('0', '1')),
  kind('truths', 'Bool', fc.constantFrom('true', 'false')),
  kind('answers', 'String', fc.constantFrom('yes', 'no')),
  kind(
    'codes',
    'String',
    between(0, 999).map((n) => String(n).padStart(5, '0')),
  ),
  kind('categories', 'String', fc.constantFrom('DE', 'FR', '?', 'n/k', 'Ünïted', '日本', 'a "b"', 'x,y;z')),
  kind(
    'sentences',
    'String',
    between(0, 1e6).map((n) => `the ${n % 977} things that ${n} people said`),
  ),
  kind('mixed', 'String', fc.constantFrom('1', '2.5', 'three', '-4', 'NA', '', ' 5 ', 'inf', 'nan')),
  kind(
    'days',
    "DateTime64(3, 'UTC')",
    between(0, 700).map((n) => new Date(1.7e12 + n * 864e5).toISOString()),
  ),
  kind('nothing', 'String', fc.constant('')),
];

const column = (rows: number) =>
  fc
    .tuple(fc.constantFrom(...KINDS), fc.constantFrom(0, 0, 0.1, 0.6))
    .chain(([{ kind: name, type, cell }, gaps]) =>
      fc
        .tuple(
          fc.constantFrom(...NAMES),
          fc.array(fc.tuple(cell, fc.double({ min: 0, max: 1, noNaN: true })), {
            minLength: rows,
            maxLength: rows,
          }),
        )
        .map(
          ([called, drawn]): GeneratedColumn => ({
            name: called,
            kind: name,
            type,
            cells: drawn.map(([text, at]) => (at < gaps || text === '' ? null : text)),
          }),
        ),
    );

const table: fc.Arbitrary<GeneratedTable> = fc.constantFrom(1, 2, 19, 25, 60, 60, 200, 300).chain((rows) =>
  fc.record({
    rows: fc.constant(rows),
    columns: fc.array(column(rows), { minLength: 1, maxLength: 7 }),
    format: fc.constantFrom(
      'csv' as const,
      'csv' as const,
      'jsonl' as const,
      'json' as const,
      'parquet' as const,
      'arrow' as const,
    ),
    delimiter: fc.constantFrom(',' as const, ';' as const, '\t' as const, '|' as const),
    encoding: fc.constantFrom('utf-8' as const, 'utf-8' as const, 'bom' as const, 'utf-16le' as const),
    compression: fc.constantFrom('' as const, '' as const, '.gz' as const, '.zst' as const),
    ending: fc.constantFrom('\n' as const, '\r\n' as const),
  }),
);

/** In delimited text of one column, blank lines at the end are no rows. */
const isTold = ({ format, columns }: GeneratedTable) =>
  format !== 'csv' || columns.length > 1 || columns[0]!.cells.at(-1) !== null;

/** Tables of mixed types, sizes, extremes, names, formats, encodings and separators: the same ones every time. */
export function generatedTables(count: number): GeneratedTable[] {
  return fc.sample(table.filter(isTold), { numRuns: count, seed: 20_261_126 });
}

/** Text files as bytes; names may repeat in delimited text only. */
export function textOf(table: GeneratedTable): Uint8Array {
  const { encoding, compression } = table;
  const text = table.format === 'csv' ? delimited(table) : json(table);
  const bytes =
    encoding === 'utf-16le' && table.format === 'csv'
      ? Buffer.from(`\ufeff${text}`, 'utf16le')
      : Buffer.from(encoding === 'bom' ? `\ufeff${text}` : text);
  if (compression === '.gz') return gzipSync(bytes);
  return compression === '.zst' ? zstdCompressSync(bytes) : bytes;
}

function delimited({ columns, rows, delimiter, ending }: GeneratedTable): string {
  const field = (cell: string | null, comma: boolean) => {
    // Where semicolons separate, numbers are spelt as people do there.
    const text = comma && cell !== null ? cell.replace('.', ',') : (cell ?? '');
    return /["\n\r]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const commas = columns.map(({ kind: name }) => delimiter === ';' && name === 'fractions');
  const lines = Array.from({ length: rows }, (_, row) =>
    columns.map(({ cells }, i) => field(cells[row]!, commas[i]!)).join(delimiter),
  );
  return [columns.map(({ name }) => field(name, false)).join(delimiter), ...lines, ''].join(ending);
}

/** Objects, in which one name has one value. */
export function objectsOf({ columns, rows }: GeneratedTable): Record<string, unknown>[] {
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(columns.map((column) => [column.name, cellOf(column, row)])),
  );
}

function json(table: GeneratedTable): string {
  const objects = objectsOf(table);
  return table.format === 'json'
    ? JSON.stringify(objects, null, 1)
    : `${objects.map((object) => JSON.stringify(object)).join('\n')}\n`;
}

function cellOf({ cells, type }: GeneratedColumn, row: number): unknown {
  const cell = cells[row]!;
  if (cell === null) return null;
  if (type === 'Bool') return cell === 'true';
  const number = Number(cell);
  return (type === 'Float64' || type === 'Int64') && Number.isSafeInteger(number) ? number : cell;
}
