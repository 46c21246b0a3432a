import { createReadStream, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdTable } from '../tables/columns/held-table.ts';
import { HEAD_BYTES } from '../tables/files/head.ts';
import { layoutOf, readRows } from '../tables/layout.ts';
import { openRows } from '../tables/open-rows.ts';
import type { ColumnFacts } from '../tables/rules/facts.ts';
import { inferType } from '../tables/rules/infer.ts';
import { type RowsSurvey, surveyRows } from '../tables/survey-rows.ts';
import { delimitedLayout } from '../tables/text/delimited-layout.ts';
import { surveyHeld } from './held/survey-held.ts';
import { survey } from './survey.ts';
import { createWorld } from './world.testing.ts';

/*
 * Tables are read in three ways: by SQL in the column engine, whole into columns (`check`, `profile` of delimited text), and row
 * by row in TypeScript (imports, reference files). Whatever lies in a table, all must find the same in it.
 */

const world = createWorld();

async function inTypeScript(file: string, format: 'delimited' | 'json'): Promise<RowsSurvey> {
  const start = readFileSync(file).subarray(0, HEAD_BYTES);
  const layout = layoutOf(file, format, start, start.length < HEAD_BYTES);
  return surveyRows(readRows(file, layout, createReadStream(file, { highWaterMark: 1000 }), () => {}));
}

async function inTheEngine(file: string) {
  // As if it were too large to be held.
  const { held: _, ...table } = await world.open(file);
  return survey(world.engine, table, table.columns, 'spread');
}

/** What both say of a column; sums up to rounding. */
function told(facts: ColumnFacts) {
  const { name, stored, n, missing, numbers, integers, infinite, leadingZeros, booleans, times } = facts;
  const close = (x: number | null) => (x === null ? null : Number(x.toPrecision(12)));
  const { distinct, maxLength } = facts;
  const [meanLength, meanWords] = [close(facts.meanLength), close(facts.meanWords)];
  const counts = { n, missing, numbers, integers, infinite, leadingZeros, booleans, times, distinct };
  return {
    name,
    stored,
    ...counts,
    meanLength,
    maxLength,
    meanWords,
    min: close(facts.min),
    max: close(facts.max),
  };
}

async function mustAgree(file: string, format: 'delimited' | 'json'): Promise<void> {
  const [engine, here] = [await inTheEngine(file), await inTypeScript(file, format)];
  if (format === 'delimited') await mustAgreeHeld(file, engine);
  expect([...here.columns.keys()]).toEqual([...engine.keys()]);
  for (const [name, facts] of engine) {
    const own = here.columns.get(name)!;
    expect(told(own), name).toEqual(told(facts));
    expect(inferType(own), name).toEqual(inferType(facts));
  }
}

/** What is held in memory has the same facts, quantiles and frequent values as the engine finds. */
async function mustAgreeHeld(file: string, engine: Awaited<ReturnType<typeof inTheEngine>>): Promise<void> {
  const start = readFileSync(file).subarray(0, HEAD_BYTES);
  const held = await holdTable([file], delimitedLayout(file, start, start.length < HEAD_BYTES));
  if (held === null) return;
  heldTables++;
  for (const [name, facts] of surveyHeld(held, [...engine.values()])) {
    const theirs = engine.get(name)!;
    expect(told(facts), name).toEqual(told(theirs));
    expect(facts.quantiles, name).toEqual(theirs.quantiles);
    expect([...facts.top].sort(), name).toEqual([...theirs.top].sort());
  }
}
let heldTables = 0;

const number = fc.oneof(
  fc.integer({ min: -1000, max: 100_000 }).map(String),
  fc.double({ noNaN: true }).map(String),
  fc.constantFrom(
    '0',
    '1',
    '007',
    '02139',
    '1.',
    '.5',
    '+3',
    '1e5',
    '-1E-3',
    '1e400',
    'inf',
    '-Infinity',
    '4.9e-324',
  ),
);
const word = fc.constantFrom(
  ...[
    'true',
    'FALSE',
    'yes',
    'No',
    't',
    'F',
    'y',
    '?',
    'NA',
    'na',
    'None',
    'N/A',
    'null',
    '\\N',
    'NaN',
    'nAn',
    '-nan',
  ],
  ...[
    '.',
    'e5',
    '1e',
    '0x10',
    '1_000',
    '1,5',
    '1.234,5',
    '12 %',
    '$5',
    '--1',
    'Infinit',
    'DE',
    'Mañana',
    '🌋🌋',
    'two words',
  ],
  ...[
    '2026-01-31',
    '2026-01-31T10:00:00Z',
    '31.1.2026',
    '2026-01',
    '3 Mar 2026',
    'a "quoted" word',
    'a,b;c',
    'x\ny',
    ' ',
  ],
);
const anything = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll(/[\r\0]/g, ''));
const blanks = fc.constantFrom('', '', '', ' ', '  ', '\t');
const cell = fc
  .tuple(blanks, fc.oneof(number, word, anything, fc.constant('')), blanks)
  .map((parts) => parts.join(''));
const column = fc.oneof(
  fc.array(cell, { minLength: 40, maxLength: 40 }),
  fc.array(number, { minLength: 40, maxLength: 40 }),
  fc.array(fc.constantFrom('0', '1', '', 'NA'), { minLength: 40, maxLength: 40 }),
  fc.array(fc.constantFrom('True', 'False', '?'), { minLength: 40, maxLength: 40 }),
);
const names = fc.constantFrom('x', 'zip', 'customer_id', 'created_at', 'row', 'Größe', 'a b');
const table = fc.uniqueArray(fc.tuple(names, column), {
  minLength: 2,
  maxLength: 5,
  selector: ([name]) => name,
});

const quoted = (text: string, delimiter: string, always: boolean) =>
  always || text.includes('"') || text.includes('\n') || text.includes(delimiter)
    ? `"${text.replaceAll('"', '""')}"`
    : text;

test.each([
  [',', false],
  [',', true],
  ['\t', false],
  [';', false],
] as const)('delimited by %j, all quoted %s', { timeout: 120_000 }, async (delimiter, always) => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(table, async (columns) => {
      const line = (cells: readonly string[]) =>
        cells.map((text) => quoted(text, delimiter, always)).join(delimiter);
      const rows = columns[0]![1].map((_, i) => line(columns.map(([, cells]) => cells[i]!)));
      const text = [line(columns.map(([name]) => name)), ...rows, ''].join('\n');
      await mustAgree(world.write(`${delimiter.charCodeAt(0)}-${always}-${run++}.csv`, text), 'delimited');
    }),
    { numRuns: 40, seed: 7 },
  );
  expect(heldTables).toBeGreaterThan(0);
});

const jsonValue = fc.oneof(
  fc.constantFrom(
    null,
    true,
    false,
    0,
    1,
    -7,
    2.5,
    1e21,
    'NA',
    '',
    ' x ',
    '02139',
    '12',
    'true',
    '?',
    'Mañana "so"',
  ),
  fc.integer(),
  anything,
);
const jsonTable = fc.array(
  fc.dictionary(fc.constantFrom('x', 'zip', 'day', 'flag'), jsonValue, { minKeys: 1 }),
  {
    minLength: 25,
    maxLength: 40,
  },
);

test.each([
  ['one a line', (objects: readonly object[]) => objects.map((object) => JSON.stringify(object)).join('\n')],
  ['in a list', (objects: readonly object[]) => JSON.stringify(objects, null, 1)],
])('JSON objects, %s', { timeout: 120_000 }, async (how, written) => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(jsonTable, async (objects) => {
      const rows = [{ x: 'first', zip: '1', day: null, flag: true }, ...objects];
      await mustAgree(world.write(`${how.length}-${run++}.json`, written(rows)), 'json');
    }),
    { numRuns: 40, seed: 7 },
  );
});

test('Parquet, with types: whole numbers beyond doubles, gaps, times, truths, lists', async () => {
  const path = await world.writeParquet(
    'typed.parquet',
    `SELECT if(number % 3 = 0, NULL, toInt64(9007199254740992 + number % 5)) AS zip, toUInt64(1541815603606036480 + number) AS snowflake,
      multiIf(number % 7 = 0, nan, number % 11 = 0, inf, number / 8) AS amount, toFloat32(number / 10) AS single, toDecimal64(number / 4, 2) AS price,
      toBool(number % 2 = 0) AS member, toDateTime64(1767225600 + number, 3, 'UTC') AS at, toDate(20000 + number % 9) AS day,
      [' DE ', 'NA', 'FR', ' NA '][number % 4 + 1] AS country, toString(number % 3) AS code, [number] AS tags, CAST(NULL AS Nullable(Float64)) AS nothing
    FROM numbers(90)`,
  );
  const engine = await inTheEngine(path);
  world.closeEngine();
  const table = await openRows([path]);
  const { columns } = await surveyRows(table.rows(), table.stored);
  table.close();
  expect([...columns.keys()]).toEqual([...engine.keys()]);
  for (const [name, facts] of engine) {
    expect(told(columns.get(name)!), name).toEqual(told(facts));
    expect(inferType(columns.get(name)!), name).toEqual(inferType(facts));
  }
  expect(engine.get('zip')).toMatchObject({ stored: 'integer', distinct: 5, missing: 30 });
});
