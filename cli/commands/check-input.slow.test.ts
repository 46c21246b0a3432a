import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createWorld, csv } from '../../check/world.testing.ts';
import { checked, refused } from '../check/checked.testing.ts';
import { tiltmeter } from '../terminal.testing.ts';

/** Files as they come: what cannot be read is refused in one line that names it, what can be is read right. */

const world = createWorld();
const N = 400;
const spread = (i: number) => ((i * 7919) % 1000) / 10;
const colour = (i: number) => ['red', 'green', 'blue'][i % 3]!;
const rows = <Value>(value: (i: number) => Value, n = N) => Array.from({ length: n }, (_, i) => value(i));
const usual = { amount: rows(spread), colour: rows(colour) };
const text = csv(usual);
const good = world.write('good.csv', text);
const line = (i: number) => JSON.stringify({ amount: spread(i), colour: colour(i) });
const lines = rows(line);
/** Bytes of no meaning, the same in every run. */
const noise = Buffer.from(rows((i) => (i * 7919 + i * i * 31) % 256, 5000));
const after = (start: string) => Buffer.concat([Buffer.from(start, 'latin1'), noise]);

test.each([
  ['a ZIP archive', 'zip.csv', after('PK\x03\x04'), /zip\.csv: is a ZIP archive or an Excel workbook/],
  ['an image', 'image.csv', after('\x89PNG'), /is an image/],
  ['a pickle', 'train.pkl', after('\x80\x04'), /is a Python pickle/],
  ['an HDF5 file', 'train.csv', after('\x89HDF'), /is an HDF5 file/],
  ['bytes of no known format', 'noise.csv', noise, /holds binary data/],
  ['a page of an error', 'page.csv', '<!DOCTYPE html>\n<p>404</p>\n', /is a page of HTML/],
  [
    'a pointer of Git LFS',
    'lfs.csv',
    'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1\n',
    /pointer to a Git LFS object/,
  ],
  ['UTF-32', 'utf32.csv', Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), /is text in UTF-32/],
  ['nothing but blank lines', 'blank.csv', '\n\n\n', /has no columns/],
  ['nothing but a byte order mark', 'mark.csv', '\ufeff', /has no columns/],
  [
    'a quote that is never closed',
    'open.csv',
    text.replace('red', '"red'),
    /a quote opens in line 2 and is never closed/,
  ],
  [
    'rows with more fields than the header',
    'wide.csv',
    text.replaceAll(/(red|green|blue)/g, '$1,1'),
    /more fields than the header, which has 2/,
  ],
  ['a gzip file that ends early', 'cut.csv.gz', gzipSync(text).subarray(0, 600), /truncated/],
  ['a zstd file that ends early', 'cut.csv.zst', zstdCompressSync(text).subarray(0, 300), /truncated/],
  ['bzip2', 'train.csv.bz2', after('BZh9'), /compressed with bzip2 or xz, which is not read/],
  ['text that calls itself Arrow', 'fake.arrow', text, /named as Arrow but does not begin like one/],
  ['Arrow that ends at once', 'cut.arrow', 'ARROW1\0\0', /cannot be read as Arrow to its end/],
  ['Parquet that ends at once', 'cut.parquet', 'PAR1', /cannot be read as Parquet to its end/],
  ['text that begins like Parquet', 'text.parquet', 'PAR1 is a nice start', /cannot be read as Parquet/],
  [
    'JSON of one object of lists',
    'columns.json',
    JSON.stringify(usual),
    /one object of lists.*orient='records'/,
  ],
  ['JSON of lists', 'lists.json', JSON.stringify(rows((i) => [spread(i), colour(i)])), /no JSON object/],
  ['CSV that calls itself JSON', 'text.jsonl', text, /no JSON object/],
  [
    'JSON of which every tenth line is broken',
    'broken.jsonl',
    lines.map((each, i) => (i % 10 === 5 ? each.slice(0, 12) : each)).join('\n'),
    /of 400 lines could not be read as JSON objects, the first is line 6$/,
  ],
  [
    'a list of JSON that is cut',
    'cut.json',
    `[${lines.join(',\n')}`.slice(0, -9),
    /cannot be read as JSON to its end/,
  ],
  ['nothing that could be compared', 'ids.csv', csv({ id: rows((i) => `k${i}`) }), /no column/],
] as const)('%s: refused in one line', async (_, name, content, message) => {
  expect(await refused(world.write(name, content), good)).toMatch(message);
});

test('a gzip file that is cut beyond its beginning', async () => {
  const whole = gzipSync(csv({ amount: rows((i) => Math.sin(i), 200_000), colour: rows(colour, 200_000) }));
  const cut = world.write('long.csv.gz', whole.subarray(0, whole.length - 100_000));
  expect(await refused(cut, good)).toMatch(/long\.csv\.gz: cannot be decompressed to its end/);
});

test.each([
  ['a quote that is never closed', '5,"red', /a quote opens in line 40002 and is never closed/],
  [
    'text behind a closing quote',
    '5,"red" one',
    /line 40002 has a quote within a field, or text behind a closing one/,
  ],
])('%s, far beyond the beginning: refused with its line', async (_, bad, message) => {
  const many = rows((i) => (i === 40_000 ? bad : `${i % 997},${colour(i)} and a few more words`), 60_000);
  const file = world.write('far.csv', `amount,colour\n${many.join('\n')}\n`);
  expect(await refused(file, good)).toMatch(message);
});

test('a quote within a field, far beyond the beginning, is a part of it', async () => {
  const many = rows(
    (i) => (i === 40_000 ? '5,5" red' : `${i % 997},${colour(i)} and a few more words`),
    60_000,
  );
  const file = world.write('far.csv', `amount,colour\n${many.join('\n')}\n`);
  expect((await checked(file, file)).rows.current).toBe(60_000);
});

test('UTF-16 that is cut, compressed', async () => {
  const whole = gzipSync(Buffer.from(csv({ amount: rows((i) => Math.sin(i), 100_000) }), 'utf16le'));
  const cut = world.write('cut16.csv.gz', whole.subarray(0, whole.length - 50_000));
  expect(await refused(cut, good)).toMatch(/cut16\.csv\.gz: cannot be read to its end; it is truncated/);
});

test('tables without a common column: both are shown, a missing header is named, and nothing is said of formats', async () => {
  const headless = world.write('headless.csv', text.slice(text.indexOf('\n') + 1));
  expect(await refused(headless, good)).toMatch(
    /good\.csv \(amount, colour\) and .*headless\.csv \(column_1, column_2, as it has no header\) have no column in common/,
  );
  const { err } = await tiltmeter(['check', headless, '--reference', good]);
  expect(err.split('\n')[1]).toMatch(
    /Columns are compared by their names: check that the two files are of one kind/,
  );
});

test('a table whose only column is an identifier says so, instead of passing', async () => {
  const ids = world.write('only-ids.csv', csv({ id: rows((i) => `k${i}`) }));
  expect(await refused(ids, ids)).toMatch(/no column that can be compared: "id" \(an identifier/);
});

test('a misspelt path: the near one is suggested', async () => {
  expect(await refused(world.path('goood.csv'), good)).toMatch(/no such file; did you mean "good\.csv"\?/);
});

test('a pipe: refused, as it can be read only once', async () => {
  expect(await refused('/dev/null', good)).toMatch(/is no plain file/);
});

test('a glob passes over folders, and refuses files of another format', async () => {
  mkdirSync(world.path('mixed/folder.csv'), { recursive: true });
  world.write('mixed/a.csv', text);
  expect((await checked(world.path('mixed/*'), good)).rows.current).toBe(N);
  world.write('mixed/b.jsonl', lines.join('\n'));
  expect(await refused(world.path('mixed/*'), good)).toMatch(
    /b\.jsonl: is JSON, but .*a\.csv is delimited text/,
  );
});

test.each([
  ['lacks a column', 'lacking', 'amount', /part-2\.parquet: has other columns \(lacks colour\)/],
  ['has another type', 'retyped', "'x' AS amount, colour", /part-2\.parquet: has another type of amount/],
])(
  'Parquet files of one glob where one %s: refused, not read as missing',
  async (_, folder, columns, message) => {
    const select = 'SELECT number * 1.5 AS amount, toString(number % 3) AS colour FROM numbers(400)';
    mkdirSync(world.path(folder), { recursive: true });
    await world.writeParquet(`${folder}/part-1.parquet`, select);
    await world.writeParquet(`${folder}/part-2.parquet`, `SELECT ${columns} FROM (${select})`);
    expect(await refused(world.path(`${folder}/*.parquet`), good)).toMatch(message);
  },
);

test('Parquet files of one glob with whole numbers in one and fractions in another', async () => {
  mkdirSync(world.path('numbers'), { recursive: true });
  await world.writeParquet('numbers/1.parquet', 'SELECT toInt64(number % 7) AS amount FROM numbers(700)');
  await world.writeParquet('numbers/2.parquet', 'SELECT number % 7 + 0.5 AS amount FROM numbers(700)');
  const all = world.path('numbers/*.parquet');
  expect((await checked(all, all)).of('amount')).toMatchObject({
    type: 'numeric',
    missing: { current: 0 },
    summary: { mean: { current: 3.25 }, distinct: { current: 14 } },
  });
});

const LAYOUTS: readonly (readonly [name: string, file: string, content: string | Uint8Array])[] = [
  ['no line end at the end', 'no-end.csv', text.trimEnd()],
  ['line ends of old Macs', 'returns.csv', text.replaceAll('\n', '\r')],
  ['bars', 'bars.csv', text.replaceAll(',', '|')],
  ['spaces around', 'spaces.csv', text.replaceAll(',', ' , ')],
  ['blank lines between', 'blanks.csv', text.replaceAll(/(green)\n/g, '$1\n\n')],
  ['blank lines above', 'above.csv', `\n\n${text}`],
  ['comments above', 'comments.csv', `# made by a tool\n# on a day\n${text}`],
  ['a title above', 'title.csv', `My report\n\n${text}`],
  ['the separator named, as Excel does', 'sep.csv', `sep=;\n${text.replaceAll(',', ';')}`],
  ['decimal commas', 'decimal.csv', text.replaceAll(',', ';').replaceAll(/(\d)\.(\d)/g, '$1,$2')],
  ['decimal commas in quotes', 'quoted.csv', text.replaceAll(/^(\d+)\.(\d)/gm, '"$1,$2"')],
  ['a currency before each number', 'currency.csv', text.replaceAll(/^(\d)/gm, '€ $1')],
  ['all fields quoted', 'all-quoted.csv', text.replaceAll(/([^,\n]+)/g, '"$1"')],
  ['UTF-16 without a mark', 'utf16.csv', Buffer.from(text, 'utf16le')],
  ['gzip without its ending', 'gz.csv', gzipSync(text)],
  ['an ending of gzip without being it', 'plain.csv.gz', text],
  ['zstd', 'good.csv.zst', zstdCompressSync(text)],
  ['JSON lines that call themselves CSV', 'lines.csv', lines.join('\n')],
  ['JSON lines in UTF-16', 'utf16.jsonl', Buffer.from(`\ufeff${lines.join('\n')}`, 'utf16le')],
  [
    'JSON over several lines',
    'pretty.json',
    JSON.stringify(
      lines.map((each) => JSON.parse(each)),
      null,
      2,
    ),
  ],
  [
    'JSON objects over several lines',
    'jq.json',
    lines.map((each) => JSON.stringify(JSON.parse(each), null, 1)).join('\n'),
  ],
];

test.each(LAYOUTS)('%s: the same table', async (_, file, content) => {
  const report = await checked(world.write(file, content), good);
  expect(report).toMatchObject({ verdict: 'pass', rows: { reference: N, current: N } });
  expect(report.columns.map(({ name, score }) => [name, score?.value])).toEqual([
    ['amount', 0],
    ['colour', 0],
  ]);
  expect(report.of('amount').summary.mean.current).toBeCloseTo(
    report.of('amount').summary.mean.reference!,
    9,
  );
});

test('a long list of JSON over several lines', async () => {
  const many = rows((i) => ({ amount: spread(i), colour: colour(i) }), 30_000);
  const report = await checked(world.write('long.json', JSON.stringify(many, null, 2)), good);
  expect(report).toMatchObject({ verdict: 'pass', rows: { current: 30_000 } });
});

test.each([
  [
    'thousands separators',
    (n: number) => `"${n.toLocaleString('en-US')}"`,
    'commas are read as thousands separators in big',
  ],
  [
    'points as thousands separators',
    (n: number) => `"${n.toLocaleString('de-DE')}"`,
    'a comma is read as decimal mark in big',
  ],
  ['percent signs', (n: number) => `${n}%`, 'currency and percent signs are left out in big'],
])('%s: the numbers that are meant, and a note', async (_, spell, note) => {
  const values = rows((i) => 1000 + i * 1234.5);
  const plain = world.write(
    'plain.csv',
    `big,colour\n${values.map((n, i) => `${n},${colour(i)}`).join('\n')}\n`,
  );
  const spelt = world.write(
    'spelt.csv',
    `big,colour\n${values.map((n, i) => `${spell(n)},${colour(i)}`).join('\n')}\n`,
  );
  const report = await checked(spelt, plain);
  const { mean, std } = report.of('big').summary;
  expect(report.of('big')).toMatchObject({ type: 'numeric', status: 'ok' });
  expect(mean.current).toBeCloseTo(mean.reference!, 6);
  expect(std.current).toBeCloseTo(std.reference!, 6);
  expect(report.notes).toContain(`current ${note}`);
});

test.each([
  ['held', 'utf-8'],
  ['by the engine', 'latin1'],
] as const)(
  'amounts with a decimal comma among cells that say nothing are numbers, read %s',
  async (_, encoding) => {
    const nothing = ['-', '?', 'k. A.', 'NA', ''];
    const spelt = (factor: number) =>
      rows((i) => {
        const amount = i % 25 === 0 ? nothing[(i / 25) % 5]! : (factor * (1000 + (i % 97) * 1.25)).toFixed(2);
        return `${amount.replace('.', /\d/.test(amount) ? ',' : '.')};${['Süd', 'Nord'][i % 2]}`;
      });
    const write = (name: string, lines: readonly string[]) =>
      world.write(name, Buffer.from(`betrag;region\n${lines.join('\n')}\n`, encoding));
    const before = write('betrag-1.csv', spelt(1));
    expect((await checked(before, before)).of('betrag')).toMatchObject({ type: 'numeric', status: 'ok' });
    const after = write('betrag-2.csv', spelt(1.5));
    expect((await checked(after, before)).of('betrag')).toMatchObject({
      type: 'numeric',
      status: 'quality',
      missing: { current: 0.015 },
    });
  },
);

test('quotes within fields and text behind closing ones are kept', async () => {
  const odd = { ...usual, size: rows((i) => ['5" pipe', '7" pipe', 'none'][i % 3]!) };
  const plain = csv(odd)
    .replaceAll('""', '"')
    .replaceAll(/"(\d" pipe)"/g, '$1');
  expect(plain).toContain(',5" pipe\n');
  const file = world.write('inch.csv', plain);
  const report = await checked(file, world.write('inch-quoted.csv', csv(odd)));
  expect(report.of('size')).toMatchObject({ status: 'ok', score: { value: 0 } });
  const loose = world.write('loose.csv', text.replaceAll('red', '"red" one'));
  expect((await checked(loose, loose)).rows.current).toBe(N);
});

test('a quoted text that ends with a blank, above an empty field', async () => {
  const notes = { ...usual, note: rows((i) => (i % 2 ? 'fine ' : '')) };
  const file = world.write('blank-end.csv', csv(notes).replaceAll('fine ', '"fine "'));
  const report = await checked(file, world.write('no-blank-end.csv', csv(notes)));
  expect(report.of('note')).toMatchObject({ missing: { current: 0.5 }, score: { value: 0 } });
});

test.each([
  ['in every row', () => true],
  ['late in the file', (i: number) => i > N - 20],
])('blanks before and behind quotes, %s, are no part of the fields', async (_, quotes) => {
  const names = { ...usual, place: rows((i) => (quotes(i) ? `Paris, ${i % 3}` : 'Rome')) };
  const spaced = csv(names)
    .replaceAll(',"Paris', ', "Paris')
    .replaceAll(',Rome', ', Rome')
    .replaceAll(/("Paris, \d")/g, '$1 ');
  const report = await checked(world.write('spaced.csv', spaced), world.write('close.csv', csv(names)));
  for (const name of Object.keys(names)) expect(report.of(name)).toMatchObject({ score: { value: 0 } });
});

test('quoted line ends stay within their row', async () => {
  const notes = { ...usual, note: rows((i) => `line one\nline "two", ${i % 7}\r\nand three`) };
  const file = world.write('notes.csv', csv(notes));
  expect(await checked(file, file)).toMatchObject({ verdict: 'pass', rows: { current: N } });
});

test('a line of JSON that is broken: left out, counted, and its place told', async () => {
  const broken = lines.map((each, i) => (i === 200 ? '{"amount": 5, "colo' : each));
  const report = await checked(world.write('one-broken.jsonl', broken.join('\n')), good);
  expect(report.rows.current).toBeGreaterThanOrEqual(N - 2);
  expect(report.notes).toContain(
    `current has lines that are left out: ${N - report.rows.current} of 400 lines could not be read as JSON objects, the first is line 201`,
  );
});

test('JSON as Python writes it: NaN is missing, Infinity invalid', async () => {
  const python = lines.map((each, i) =>
    i % 4 === 0 ? `{"amount": ${i % 8 ? 'NaN' : '-Infinity'}, "colour": "${colour(i)}"}` : each,
  );
  const report = await checked(world.write('python.jsonl', python.join('\n')), good);
  expect(report.of('amount')).toMatchObject({ missing: { current: 0.125 }, invalid: { current: 0.125 } });
});

test('JSON with nested objects and keys that come late or are left out', async () => {
  const late = 40_000;
  const objects = rows(
    (i) =>
      JSON.stringify({
        ...(i % 4 ? { amount: spread(i) } : {}),
        colour: colour(i),
        place: { lat: i % 9 },
        tags: ['a', i % 2],
        ...(i > late - 100 ? { late: i % 5 } : {}),
      }),
    late,
  );
  const file = world.write('nested.jsonl', objects.join('\n'));
  const report = await checked(file, file);
  expect(report.of('amount').missing.current).toBeCloseTo(0.25, 3);
  expect(report.of('place')).toMatchObject({ status: 'skipped', reasons: ['holds nested values'] });
  expect(report.of('tags')).toMatchObject({ status: 'skipped', reasons: ['holds nested values'] });
  expect(report.of('late').missing.current).toBeGreaterThan(0.99);
});

test('Parquet with nested, decimal, date, unsigned and infinite values', async () => {
  const file = await world.writeParquet(
    'types.parquet',
    `SELECT toDecimal64(number % 97, 2) / 10 AS price, toDate('2026-01-01') + number % 90 AS day,
      toDateTime64('2026-01-01 00:00:00', 6, 'UTC') + number AS at, toUInt64(18446744073709551615) - number % 5000 * 4096 AS large,
      [number, 1] AS list, map('k', number) AS pairs, tuple(number, 'x') AS pair, number % 2 = 0 AS flag,
      if(number % 4 = 0, inf, number % 53) AS ratio, if(number % 5 = 0, nan, number % 11 + 0.5) AS gaps,
      toNullable(if(number % 3 = 0, NULL, number % 7)) AS few, toFloat32(number % 13) AS narrow, toFixedString(toString(number % 3), 4) AS fixed
      FROM numbers(1000)`,
  );
  const report = await checked(file, file);
  const seen = Object.fromEntries(
    report.columns.map(({ name, type, status }) => [name, `${type} ${status}`]),
  );
  expect(seen).toEqual({
    price: 'numeric ok',
    day: 'time skipped',
    at: 'time skipped',
    large: 'numeric ok',
    list: 'categorical skipped',
    pairs: 'categorical skipped',
    pair: 'categorical skipped',
    flag: 'boolean ok',
    ratio: 'numeric ok',
    gaps: 'numeric ok',
    few: 'numeric ok',
    narrow: 'numeric ok',
    fixed: 'categorical ok',
  });
  expect(report.of('ratio').invalid.current).toBe(0.25);
  expect(report.of('gaps').missing.current).toBe(0.2);
  // ten times 0 … 96 and once 0 … 29, of 1,000
  expect(report.of('price').summary.mean.current).toBeCloseTo((970 * 48 + 30 * 14.5) / 10_000, 9);
});

test.each(['numeric', 'categorical', 'boolean', 'text'])(
  'every stored type can be declared %s, and is the same as itself then',
  async (type) => {
    const file = world.path('types.parquet');
    const names = [
      'price',
      'day',
      'at',
      'large',
      'list',
      'pairs',
      'pair',
      'flag',
      'ratio',
      'gaps',
      'few',
      'fixed',
    ];
    const columns = Object.fromEntries(names.map((name) => [name, { type }]));
    const config = world.write(`${type}.json`, JSON.stringify({ columns }));
    const report = await checked(file, file, '--config', config, '--tests', 'all');
    expect(report.verdict).toBe('pass');
    for (const name of names) expect(report.of(name)).toMatchObject({ type, score: { value: 0 } });
  },
);

test.each([
  ['file', 'Arrow', 'types.arrow'],
  ['stream', 'ArrowStream', 'types.arrows'],
  ['stream without its ending', 'ArrowStream', 'types.bin'],
])('Arrow, as a %s', async (_, format, name) => {
  const file = world.path(name);
  await world.engine.rows(
    `INSERT INTO FUNCTION file('${file}', '${format}') SELECT number % 97 AS amount, toString(number % 3) AS colour FROM numbers(400)`,
  );
  world.closeEngine();
  expect(await checked(file, file)).toMatchObject({ verdict: 'pass', rows: { current: N } });
});

test('values that are infinite or too large are invalid, not a reason to call the column text', async () => {
  const infinite = {
    ...usual,
    amount: rows((i) => (i % 4 === 0 ? ['inf', '-inf', '1e999'][i % 3]! : spread(i))),
  };
  const report = await checked(world.write('infinite.csv', csv(infinite)), good);
  expect(report.of('amount')).toMatchObject({
    type: 'numeric',
    status: 'quality',
    invalid: { current: 0.25 },
  });
  const self = await checked(world.path('infinite.csv'), world.path('infinite.csv'));
  expect(self.of('amount')).toMatchObject({ type: 'numeric', status: 'ok' });
});

test('a configuration that speaks of a column there is not: a note with the near one', async () => {
  const config = world.write(
    'near.yaml',
    'columns: {amuont: {type: categorical}, colour: {values: [red, green, blue]}}',
  );
  const { notes, verdict } = await checked(good, good, '--config', config);
  expect(verdict).toBe('pass');
  expect(notes).toEqual([
    'the configuration speaks of a column "amuont", which neither table has; did you mean "amount"?',
  ]);
});

test('a pattern that is none: refused with the column', async () => {
  const config = world.write('pattern.yaml', 'columns: {colour: {pattern: "re(d"}}');
  expect(await refused(good, good, '--config', config)).toMatch(/colour: the pattern "re\(d" cannot be used/);
});

/** The command as a process of its own. */
function asProcess(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const file = join(import.meta.dirname, '../tiltmeter.js');
  return new Promise((resolve) => {
    execFile(process.execPath, [file, 'check', ...args], (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
}

test.each([
  ['fine', [good, '--reference', good], 0, '', /./],
  [
    'a check that failed',
    [world.write('gone.csv', csv({ amount: usual.amount })), '--reference', good],
    1,
    '',
    /./,
  ],
  ['a file that is missing', [world.path('none.csv'), '--reference', good], 2, 'no such file', /^$/],
  ['a damaged file', [world.write('bad.parquet', 'PAR1'), '--reference', good], 2, 'cannot be read', /^$/],
  ['an option there is not', [good, '--reference', good, '--colour'], 2, 'unknown option', /^$/],
  [
    'a report that has nowhere to go',
    [good, '--reference', good, '--out', world.path('no/where.html')],
    2,
    'there is no folder',
    /^$/,
  ],
] as const)('the process ends with its code: %s', async (_, args, code, message, printed) => {
  const { code: exit, out, err } = await asProcess(...args);
  expect(exit).toBe(code);
  expect(err).toContain(message);
  expect(err).not.toMatch(/^\s+at /m);
  expect(out).toMatch(printed);
});

test('a reader that stops early, and a disk that is full, end the process without a stack', async () => {
  const wide = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`column ${i}`, rows(spread, 60)]));
  const file = world.write('wide.csv', csv(wide));
  const command = `"${process.execPath}" "${join(import.meta.dirname, '../tiltmeter.js')}" check "${file}" --reference "${file}" --no-multivariate --json`;
  const shell = (line: string) =>
    new Promise<string>((resolve) => execFile('sh', ['-c', line], (_, out, err) => resolve(out + err)));
  expect(await shell(`${command} | head -n 1`)).toBe('{\n');
  // Linux has a file that is always full
  if (!existsSync('/dev/full')) return;
  expect(await shell(`${command} > /dev/full; echo $?`)).toBe(
    '2\ntiltmeter: The output cannot be written (ENOSPC)\n',
  );
});

test('debugging shows what the engine said', async () => {
  const { tiltmeter } = await import('../terminal.testing.ts');
  const bad = world.write('debug.parquet', 'PAR1');
  const { err } = await tiltmeter(['check', bad, '--reference', good], { TILTMETER_LOG_LEVEL: 'debug' });
  expect(err).toContain('DB::Exception');
  expect(readFileSync(bad, 'latin1')).toBe('PAR1');
});
