import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createWorld, csv } from '../../check/world.testing.ts';
import { CheckReport } from '../../contract/check.ts';
import { tiltmeter } from '../terminal.testing.ts';
import { TOOLS } from './check.ts';

const world = createWorld();
const N = 400;
const rows = (value: (i: number) => string | number | null, n = N) =>
  Array.from({ length: n }, (_, i) => value(i));
/** The same spread of numbers in every file. */
const spread = (i: number) => ((i * 7919) % 1000) / 10;
const colour = (i: number) => ['red', 'green', 'blue'][i % 3]!;
const usual = { amount: rows(spread), colour: rows(colour) };
const good = world.write('good.csv', csv(usual));

/** Runs the check, which must be able to say something, and reads its report. */
async function report(current: string, reference = good, ...more: string[]) {
  const { exit, out, err } = await tiltmeter(['check', current, '--reference', reference, '--json', ...more]);
  expect(err).toBe('');
  expect(out).not.toMatch(/NaN|Infinity/);
  const parsed = CheckReport.parse(JSON.parse(out));
  expect(exit).toBe(parsed.verdict === 'pass' ? 0 : 1);
  return { ...parsed, of: (name: string) => parsed.columns.find((column) => column.name === name)! };
}

/** What is written when nothing can be said: one line and a hint, exit 2. */
async function refusal(current: string, reference = good, ...more: string[]) {
  const { exit, out, err } = await tiltmeter(['check', current, '--reference', reference, ...more]);
  expect(exit).toBe(2);
  expect(out).toBe('');
  expect(err).toMatch(/^tiltmeter: [^\n]+\n( {2}[^\n]+\n)?$/);
  expect(err).not.toMatch(/DB::|Code: \d|at .*\.ts/);
  return err.split('\n')[0]!;
}

test('a table against itself passes, in every format of the report', async () => {
  const parsed = await report(good);
  expect(parsed).toMatchObject({ verdict: 'pass', rows: { reference: N, current: N } });
  expect(parsed.columns.map((column) => [column.name, column.type, column.status])).toEqual([
    ['amount', 'numeric', 'ok'],
    ['colour', 'categorical', 'ok'],
  ]);
  for (const format of ['table', 'html', 'markdown', 'junit']) {
    const { exit, out } = await tiltmeter(['check', good, '--reference', good, '--format', format]);
    expect(exit).toBe(0);
    expect(out).toContain('colour');
  }
});

test('a shift fails, and only the column that moved', async () => {
  const moved = world.write('moved.csv', csv({ ...usual, amount: rows((i) => spread(i) + 40) }));
  const parsed = await report(moved);
  expect(parsed.verdict).toBe('fail');
  expect(parsed.of('amount').status).not.toBe('ok');
  expect(parsed.of('amount').rank).toBe(1);
  expect(parsed.of('colour').status).toBe('ok');
});

test('a shift below the threshold is no drift, and is told of: moved, small', async () => {
  const shares = (name: string, ofA: number) =>
    world.write(
      name,
      csv({
        ...usual,
        kind: rows((i) => (i % 100 < ofA ? 'a' : `k${i % 15}`), 6000),
        amount: rows(spread, 6000),
      }),
    );
  const parsed = await report(shares('after-near.csv', 35), shares('before-near.csv', 25));
  expect(parsed.verdict).toBe('pass');
  expect(parsed.of('kind')).toMatchObject({ status: 'shift', moved: { by: 'share', of: 'share of "a"' } });
  expect(parsed.of('kind').score!.value).toBeGreaterThan(0.08);
  expect(parsed.of('kind').reasons).toEqual([
    expect.stringMatching(
      /^moved, small: "a" went from 25 % to 35 % \(\+10\.\d points, \+\d.*\); JS distance 0\.\d\d, below the threshold of 0\.10$/,
    ),
  ]);
  expect(parsed.summary).toContain('1 moved, small: kind');
  expect(parsed.of('amount').reasons).toEqual([]);
});

test.each([
  ['a file that is missing', () => world.path('nowhere.csv'), /nowhere\.csv: no such file/],
  ['a glob that meets nothing', () => world.path('no-*.csv'), /no file matches/],
  ['a folder', () => world.folder, /is a folder/],
  ['an empty file', () => world.write('empty.csv', ''), /is empty/],
  ['a gzip file of nothing', () => world.write('empty.csv.gz', gzipSync('')), /is empty/],
  ['a header only', () => world.write('header.csv', 'amount,colour\n'), /has a header but no rows/],
  [
    'no common columns',
    () => world.write('other.csv', csv({ a: rows(spread), b: rows(colour) })),
    /no column in common/,
  ],
  ['JSON lines without an object', () => world.write('x.jsonl', '1\n2\n'), /no JSON object/],
  [
    'a text that calls itself Parquet',
    () => world.write('fake.parquet', 'amount,colour\n1,red\n'),
    /named as Parquet/,
  ],
  [
    'a cut gzip file',
    () => world.write('cut.csv.gz', gzipSync(csv(usual)).subarray(0, 600)),
    /truncated|cannot be read/,
  ],
])('%s: one line that says so, exit 2', async (_, make, message) => {
  expect(await refusal(make())).toMatch(message);
});

test('truncated Parquet: one line that names the file', async () => {
  const whole = await world.writeParquet(
    'whole.parquet',
    'SELECT number * 1.5 AS amount, toString(number % 3) AS colour FROM numbers(50000)',
  );
  const cut = world.write('cut.parquet', readFileSync(whole).subarray(0, 20_000));
  expect(await refusal(cut)).toMatch(/cut\.parquet: \S/);
});

test.each([
  ['label', '--label', 'amout', 'amount'],
  ['prediction', '--prediction', 'color', 'colour'],
  ['ignore', '--ignore', 'Amount', 'amount'],
])('a misspelt %s column: the near one is suggested', async (_, flag, name, near) => {
  expect(await refusal(good, good, flag, name)).toContain(
    `there is no column "${name}"; did you mean "${near}"?`,
  );
});

test('files of one glob with other headers: named, not mixed up', async () => {
  world.write('part-1.csv', csv(usual));
  world.write('part-2.csv', csv({ colour: usual.colour, amount: usual.amount }));
  expect(await refusal(world.path('part-*.csv'))).toMatch(/part-2\.csv: is laid out otherwise/);
});

test('a glob is one table', async () => {
  world.write('day-1.csv', csv(usual));
  world.write('day-2.csv', csv(usual));
  expect((await report(world.path('day-*.csv'))).rows.current).toBe(2 * N);
});

const UNUSUAL: readonly (readonly [name: string, file: () => string])[] = [
  ['byte order mark', () => world.write('bom.csv', `\ufeff${csv(usual)}`)],
  ['UTF-16', () => world.write('utf16.csv', Buffer.from(`\ufeff${csv(usual)}`, 'utf16le'))],
  [
    'UTF-16, big end first',
    () => world.write('utf16be.csv', Buffer.from(`\ufeff${csv(usual)}`, 'utf16le').swap16()),
  ],
  ['semicolons', () => world.write('semi.csv', csv(usual).replaceAll(',', ';'))],
  ['tabs', () => world.write('tabs.tsv', csv(usual).replaceAll(',', '\t'))],
  ['Windows line ends', () => world.write('crlf.csv', csv(usual).replaceAll('\n', '\r\n'))],
  ['gzip', () => world.write('good.csv.gz', gzipSync(csv(usual)))],
  ['blank lines at the end', () => world.write('blank.csv', `${csv(usual)}\n\n`)],
  [
    'JSON lines',
    () =>
      world.write(
        'good.jsonl',
        usual.amount.map((amount, i) => JSON.stringify({ amount, colour: usual.colour[i] })).join('\n'),
      ),
  ],
  [
    'a JSON array',
    () =>
      world.write(
        'good.json',
        JSON.stringify(usual.amount.map((amount, i) => ({ colour: usual.colour[i], amount }))),
      ),
  ],
  [
    'columns in another order',
    () => world.write('order.csv', csv({ colour: usual.colour, amount: usual.amount })),
  ],
  [
    'quotes, commas and line ends in a name of the file',
    () => world.write(`it's "a", {1} file.csv`, csv(usual)),
  ],
];

test.each(UNUSUAL)('%s: the same table', async (_, file) => {
  const parsed = await report(file());
  expect(parsed).toMatchObject({ verdict: 'pass', rows: { reference: N, current: N } });
  expect(parsed.columns.map((column) => column.score?.value)).toEqual([0, 0]);
});

test('ragged rows: the rest of the table is compared, a note says so', async () => {
  const ragged = csv(usual).split('\n');
  ragged[10] = '1.5';
  ragged[20] = '2.5,red,too,many';
  const parsed = await report(world.write('ragged.csv', ragged.join('\n')));
  expect(parsed.rows.current).toBe(N);
  expect(parsed.notes.join()).toContain('2 of the first rows');
  expect(parsed.of('amount').status).toBe('ok');
});

test('numbers with text among them: those are invalid, the rest is compared', async () => {
  const mixed = { ...usual, amount: rows((i) => (i % 8 === 0 ? 'n.k.' : spread(i))) };
  const parsed = await report(world.write('mixed.csv', csv(mixed)));
  expect(parsed.of('amount')).toMatchObject({
    type: 'numeric',
    status: 'quality',
    invalid: { reference: 0, current: 0.125 },
  });
  expect(parsed.of('amount').reasons[0]).toMatch(/wrong type rose from 0 % to 1[23] %/);
  expect(parsed.of('colour').status).toBe('ok');
});

test('names that repeat are told apart', async () => {
  const twice = csv(usual).replace('amount,colour', 'amount,amount');
  const parsed = await report(world.write('twice.csv', twice), world.write('twice2.csv', twice));
  expect(parsed.columns.map((column) => column.name)).toEqual(['amount', 'amount.1']);
  expect(parsed.notes.join()).toContain('repeats the column "amount"');
});

test('columns that hold nothing to compare have a status each, the others a verdict', async () => {
  const odd = {
    ...usual,
    empty: rows(() => null),
    constant: rows(() => 5),
    one: rows(() => 'only'),
    infinite: rows((i) => (i % 4 === 0 ? 'inf' : spread(i))),
    filled: rows(() => 'x'),
  };
  const before = world.write('odd-before.csv', csv({ ...odd, filled: rows(() => null) }));
  const parsed = await report(world.write('odd.csv', csv(odd)), before);
  expect(parsed.of('empty')).toMatchObject({ status: 'skipped', reasons: ['has no value in the reference'] });
  expect(parsed.of('constant')).toMatchObject({ status: 'ok', score: { value: 0 } });
  expect(parsed.of('one')).toMatchObject({ status: 'ok', score: { value: 0 } });
  // quarter of the values is no number, in both tables
  expect(parsed.of('infinite')).toMatchObject({ status: 'ok' });
  expect(parsed.of('filled').status).toBe('skipped');
  expect(parsed.of('amount').status).toBe('ok');
});

test('a column that becomes constant or empty fails', async () => {
  const stuck = { ...usual, amount: rows(() => 5), colour: rows(() => null) };
  const parsed = await report(world.write('stuck.csv', csv(stuck)));
  expect(parsed.of('amount')).toMatchObject({ status: 'quality' });
  expect(parsed.of('amount').reasons.join()).toContain('one value only');
  expect(parsed.of('colour').reasons.join()).toContain('missing values rose from 0 % to 100 %');
});

test('dates in five formats are times, not compared', async () => {
  const dates = {
    ...usual,
    a: rows((i) => `2026-01-${String(1 + (i % 28)).padStart(2, '0')}`),
    b: rows((i) => `${String(1 + (i % 28)).padStart(2, '0')}/01/2026`),
    c: rows((i) => `${1 + (i % 28)}.1.2026 12:00`),
    d: rows((i) => `2026-01-01T00:00:${String(i % 60).padStart(2, '0')}+02:00`),
    e: rows((i) => `Jan ${1 + (i % 28)}, 2026`),
  };
  const file = world.write('dates.csv', csv(dates));
  const parsed = await report(file, file);
  for (const name of ['a', 'b', 'c', 'd', 'e'])
    expect(parsed.of(name)).toMatchObject({ type: 'time', status: 'skipped' });
});

test('numbers that became text: the schema says so', async () => {
  const retyped = { ...usual, amount: rows(colour) };
  const parsed = await report(world.write('retyped.csv', csv(retyped)));
  expect(parsed.schema.retyped).toEqual([{ name: 'amount', reference: 'numeric', current: 'categorical' }]);
  expect(parsed.of('amount').status).toBe('quality');
});

test('columns that came and went', async () => {
  const parsed = await report(world.write('schema.csv', csv({ amount: usual.amount, extra: usual.colour })));
  expect(parsed.schema).toEqual({ added: ['extra'], removed: ['colour'], retyped: [] });
  expect(parsed.verdict).toBe('fail');
});

test('whole numbers that became floats because some are missing are the same column', async () => {
  const before = world.write(
    'whole.csv',
    csv({ ...usual, flag: rows((i) => i % 2), age: rows((i) => 20 + (i % 50)) }),
  );
  const after = world.write(
    'floats.csv',
    csv({ ...usual, flag: rows((i) => `${i % 2}.0`), age: rows((i) => `${20 + (i % 50)}.0`) }),
  );
  const parsed = await report(after, before);
  expect(parsed).toMatchObject({ verdict: 'pass', schema: { retyped: [] } });
});

test('few rows: not enough data, not a verdict out of nothing', async () => {
  const few = world.write('few.csv', csv({ amount: [1, 2, 3], colour: ['red', 'red', 'red'] }));
  const parsed = await report(few);
  expect(parsed.columns.map((column) => column.status)).toEqual(['not_enough_data', 'not_enough_data']);
  expect(parsed.summary).toBe('nothing was judged: 2 columns with too little data');
});

test('a configuration file: types, rules, limits, other tests; flags come first', async () => {
  const config = world.write(
    'check.yaml',
    `
ignore: ["col*"]
test: psi
threshold: 0.5
columns:
  amount: {min: 10, mostly: 0.99, type: numeric}
`,
  );
  const parsed = await report(good, good, '--config', config);
  expect(parsed.columns.map(({ name }) => name)).toEqual(['amount']);
  expect(parsed.of('amount')).toMatchObject({
    status: 'quality',
    score: { id: 'psi', value: 0, threshold: 0.5 },
  });
  expect(parsed.of('amount').reasons).toEqual(['10 % of the values not between 10 and ∞, 1.0 % allowed']);
  expect(
    (await report(good, good, '--config', config, '--threshold', '0.7')).of('amount').score,
  ).toMatchObject({ threshold: 0.7 });
});

test.each([
  ['a setting', 'lable: x', /there is no setting "lable"; did you mean "label"/],
  ['a test', 'test: pssi', /there is no test "pssi"; did you mean "psi"/],
  ['a tool', 'as: evidentli', /there is no tool "evidentli"; did you mean "evidently"/],
  [
    "another tool's test",
    'as: evidently\nnumeric: {test: psii}',
    /Evidently has no test "psii" for numeric columns; it has .*psi/,
  ],
])('a configuration that misspells %s: exit 2', async (_, content, message) => {
  expect(await refusal(good, good, '--config', world.write('bad.yaml', content))).toMatch(message);
});

test('every tool that --as knows is one whose definitions are there', async () => {
  const { PEERS } = await import('../../stats/peers/index.ts');
  expect([...TOOLS].sort()).toEqual(Object.keys(PEERS).sort());
});

test('as another tool decides: its test, its number, its threshold', async () => {
  const moved = world.write('moved-2.csv', csv({ ...usual, amount: rows((i) => spread(i) + 40) }));
  const parsed = await report(moved, good, '--as', 'evidently');
  // at most 1,000 rows: Kolmogorov–Smirnov and χ²
  expect(parsed.of('amount').score).toMatchObject({ id: 'evidently ks', threshold: 0.05 });
  expect(parsed.of('amount').score!.value).toBeLessThan(1e-20);
  expect(parsed.of('colour')).toMatchObject({ status: 'ok', score: { id: 'evidently chisquare', value: 1 } });
});

test('what breaks counts as well where another tool decides about drift: values off their lattice', async () => {
  const minutes = (i: number) => 30 * ((i * 7) % 40);
  const before = world.write('minutes.csv', csv({ ...usual, minutes: rows(minutes) }));
  const off = rows((i) => minutes(i) + (i % 20 === 0 ? 7 : 0));
  const now = world.write('off-minutes.csv', csv({ ...usual, minutes: off }));
  for (const flags of [[], ['--as', 'evidently']])
    expect((await report(now, before, ...flags)).of('minutes')).toMatchObject({
      status: 'quality',
      reasons: [expect.stringContaining('all multiples of 30, now 5.0 % are not')],
    });
});

test.each([
  ['no reference', ['check', 'x.csv'], /--reference/],
  ['a format there is not', ['check', 'x.csv', '--reference', 'y.csv', '--format', 'pdf'], /Allowed choices/],
])('%s: exit 2', async (_, args, message) => {
  const { exit, err } = await tiltmeter(args);
  expect(exit).toBe(2);
  expect(err).toMatch(message);
});
