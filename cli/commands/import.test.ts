import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld } from '../../check/world.testing.ts';
import { startTestApp, type TestApp } from '../../test/app.ts';
import { tiltmeter as command } from '../terminal.testing.ts';

const world = createWorld();
let server: TestApp;
let folder: string;
beforeAll(async () => {
  server = await startTestApp();
  folder = await mkdtemp(join(tmpdir(), 'tiltmeter-import-'));
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

function tiltmeter(...args: string[]) {
  return command(args, {
    TILTMETER_URL: server.address,
    TILTMETER_KEY: server.adminKey,
    XDG_STATE_HOME: folder,
  });
}

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, name.endsWith('.gz') ? gzipSync(content) : content);
  return path;
}

test('a file of predictions with labels, twice: the second time nothing is stored again', async () => {
  const rows = Array.from(
    { length: 1200 },
    (_, i) => `r${i},2026-01-01 00:00:${String(i % 60).padStart(2, '0')},${i},FR,0.5,no`,
  );
  const path = await file('scored.csv.gz', `key,at,age,country,p,truth\n${rows.join('\n')}\n`);
  const args = ['import', path, '--model', 'loans', '--map', 'id=key,time=at,score=p,label=truth', '--json'];
  const first = await tiltmeter(...args);
  expect(first.exit).toBe(0);
  expect(JSON.parse(first.out)).toMatchObject({
    rows: 1200,
    predictions: { received: 1200, stored: 1200, rejected_total: 0 },
    labels: { received: 1200, stored: 1200 },
  });
  const second = await tiltmeter(...args);
  expect(JSON.parse(second.out)).toMatchObject({
    predictions: { received: 1200, stored: 0, duplicates: 1200 },
    labels: { received: 1200, stored: 0, duplicates: 1200 },
  });
  await server.app.runJob('models');
  const { body } = await server.json('GET', '/api/v1/models/loans');
  expect(body).toMatchObject({ predictions: 1200, labels: 1200 });
  const { body: record } = await server.json('GET', '/api/v1/models/loans/predictions/r7');
  expect(record).toMatchObject({
    time: '2026-01-01T00:00:07.000Z',
    score: 0.5,
    features: { age: 7, country: 'FR' },
    label: { value: 'no' },
  });
});

test('lines that cannot be read do not stop the others, and end with exit 1', async () => {
  const path = await file('some.jsonl', '{"id":"a","age":1}\nnot json\n[1]\n{"id":"b","age":2}\n');
  const { exit, out } = await tiltmeter('import', path, '--model', 'lines');
  expect(exit).toBe(1);
  expect(out).toContain('2 rows read, 2 lines could not be read');
  expect(out).toContain('predictions: 2 stored, 0 known already, 0 rejected');
  expect(out).toContain('line 2: not a JSON object');
});

test('a rejected row is named with its code', async () => {
  const path = await file('times.csv', 'age,time\n1,2026-01-01\n2,1970-01-02\n');
  const { exit, out } = await tiltmeter('import', path, '--model', 'times');
  expect(exit).toBe(1);
  expect(out).toContain('predictions: 1 stored, 0 known already, 1 rejected');
  expect(out).toMatch(/row 2: .*\(invalid_time\)/);
});

test('a thousand rows that are all refused do not stop those behind them', async () => {
  const rows = Array.from({ length: 1001 }, (_, i) => `${i},${i < 1000 ? '1970-01-02' : '2026-01-01'}`);
  const path = await file('refused.csv', `age,time\n${rows.join('\n')}\n`);
  const { exit, out } = await tiltmeter('import', path, '--model', 'refused');
  expect(exit).toBe(1);
  expect(out).toContain('1,001 rows read');
  expect(out).toContain('predictions: 1 stored, 0 known already, 1,000 rejected');
});

test('values that the model has no column for are told, not lost in silence', async () => {
  const names = Array.from({ length: 1002 }, (_, i) => `c${i}`);
  const path = await file(
    'wide.csv',
    `${names.join()}\n${`${names.map((_, i) => i % 7).join()}\n`.repeat(3)}`,
  );
  const { exit, out } = await tiltmeter('import', path, '--model', 'wide');
  expect(exit).toBe(1);
  expect(out).toContain(
    'predictions: 3 stored, 0 known already, 0 rejected\n6 values of features left out\n',
  );
  expect(out).toContain(
    '  warning: wide has 1,000 feature columns, as many as a model may have: 6 values of other',
  );
});

test.each([['a file that is not there', ['nowhere.csv'], 'nowhere.csv: no such file']])(
  '%s: one line, exit 2',
  async (_, args, line) => {
    const { exit, err } = await tiltmeter('import', ...args, '--model', 'm');
    expect(exit).toBe(2);
    expect(err).toContain(line);
  },
);

test('a workbook: one line that says what it is, exit 2', async () => {
  const { exit, err } = await tiltmeter('import', await file('book.xlsx', 'PK\x03\x04 …'), '--model', 'm');
  expect(exit).toBe(2);
  expect(err).toContain('is a ZIP archive or an Excel workbook');
});

test('a stray word in the first row does not turn a column of numbers into text', async () => {
  const rows = Array.from(
    { length: 60 },
    (_, i) => `${i === 0 ? 'n/k' : i * 1.5};${String(i % 7).padStart(5, '0')}`,
  );
  const path = await file('stray.csv', `power;zip\n${rows.join('\n')}\n`);
  expect((await tiltmeter('import', path, '--model', 'stray')).exit).toBe(0);
  const { body } = await server.json('GET', '/api/v1/models/stray');
  expect(body.columns.map((c: { name: string; type: string }) => [c.name, c.type])).toEqual([
    ['power', 'numeric'],
    ['zip', 'categorical'],
  ]);
});

test('a column keeps the type that the model has for it', async () => {
  const types = { columns: { plan: { type: 'categorical' } } };
  await server.json('POST', '/api/v1/models', { id: 'typed', ...types });
  const path = await file(
    'plans.csv',
    `plan\n${Array.from({ length: 50 }, (_, i) => `${i % 3}.0`).join('\n')}\n`,
  );
  expect((await tiltmeter('import', path, '--model', 'typed')).exit).toBe(0);
  const { body } = await server.json('GET', '/api/v1/models/typed/predictions?limit=1');
  expect(body.items[0].features.plan).toMatch(/^[012]$/);
});

test('a column that the file does not have is found before anything is sent', async () => {
  const path = await file('plain.csv', 'age\n1\n');
  const { exit, err } = await tiltmeter('import', path, '--model', 'unsent', '--map', 'id=key');
  expect(exit).toBe(2);
  expect(err).toContain('the table has no column "key"');
  expect((await server.json('GET', '/api/v1/models/unsent')).status).toBe(404);
});

test('model list and show print what the API has', async () => {
  expect((await tiltmeter('model', 'list')).out).toContain('loans');
  expect((await tiltmeter('model', 'show', 'loans')).out).toMatch(/predictions +1200/);
  expect(await tiltmeter('model', 'show', 'nothing')).toMatchObject({ exit: 1, out: '' });
});

/** A table as scoring jobs write it, of which nothing is said. */
const scored = (n: number) =>
  `loan;Scored At;decision;proba;truth;age;note\n${Array.from(
    { length: n },
    (_, i) =>
      `L${i};${31 - (i % 28)}.01.2026 10:00;${i % 3 ? 'approve' : 'deny'};0,${i % 10}5;${i % 2 ? 'yes' : 'no'};${20 + (i % 5)};"n ${i}"`,
  ).join('\n')}\n`;

test('what was understood is said before anything is sent: parts, guesses, features, what is left out', async () => {
  const path = await file('scored.csv', scored(40));
  const { exit, out, err } = await tiltmeter(
    ...['import', path, '--model', 'understood', '--map', 'id=loan', '--ignore', 'note'],
  );
  expect([exit, err]).toEqual([0, '']);
  const [first, parts, features, ignored] = out.split('\n');
  expect(first).toBe(`${path}: 40 rows of delimited text`);
  expect(parts).toBe(
    '  id ← loan, time ← Scored At (guess), prediction ← decision (guess), score ← proba (guess), label ← truth (guess)',
  );
  expect([features, ignored]).toEqual(['  1 feature: age numeric', '  ignored: note']);
  expect(out).toContain('a comma is read as decimal mark in proba');
  expect(out).toContain('predictions: 40 stored');
  const { body } = await server.json('GET', '/api/v1/models/understood/predictions/L3');
  expect(body).toMatchObject({ time: '2026-01-28T10:00:00.000Z', score: 0.35, label: { value: 'yes' } });
});

test('forgotten parts are warned of: rows stored as of now, no prediction, an id that comes back', async () => {
  const text = `id,when,age\n${Array.from({ length: 40 }, (_, i) => `c${i % 4},2026-01-02,${i}`).join('\n')}\n`;
  const path = await file('forgotten.csv', text);
  const { err } = await tiltmeter('import', path, '--model', 'forgotten', '--dry-run');
  expect(err.trimEnd().split('\n')).toEqual([
    'warning: no column is the time: every row is stored as of now. Name it with --map time=COLUMN (when?)',
    'warning: no column is the prediction: its drift and the quality cannot be told. Name it with --map prediction=COLUMN',
    'warning: "id" repeats: about 4 values in 40 rows, and a prediction whose id is known already is dropped',
  ]);
});

test('a column that tells rows apart is proposed as the id where none is named, and taken when it is said to be', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => `K-${9000 + i};2026-01-02;${20 + (i % 9)};yes`);
  const path = await file('kunden.csv', `Kunde;time;age;prediction\n${rows.join('\n')}\n`);
  const args = ['import', path, '--model', 'kunden', '--dry-run'];
  expect((await tiltmeter(...args)).err).toBe(
    'warning: no column is the id: rows get ids made of their values, so that labels which come later cannot name them. Name it with --map id=COLUMN (Kunde?)\n',
  );
  const said = await tiltmeter(...args, '--map', 'id=Kunde');
  expect(said.err).toBe('');
  expect(said.out).toContain('"id": "K-9000"');
});

test('a table without the features of its model is told before anything is sent', async () => {
  const map = ['--map', 'id=id,time=time,prediction=prediction'];
  const table = (...names: string[]) =>
    `id,time,prediction,${names.join()}\n${Array.from({ length: 40 }, (_, i) => `p${i},2026-01-02,yes,${names.map(() => i % 7).join()}`).join('\n')}\n`;
  await tiltmeter('import', await file('had.csv', table('age', 'income')), '--model', 'had', ...map);
  const said = async (name: string, ...names: string[]) =>
    (await tiltmeter('import', await file(name, table(...names)), '--model', 'had', '--dry-run', ...map)).err;
  expect(await said('all.csv', 'income', 'age', 'more')).toBe('');
  expect(await said('fewer.csv', 'age')).toBe(
    'warning: the model has features that the table does not have, which will be missing: income\n',
  );
  expect(await said('others.csv', 'x', 'y')).toBe(
    'warning: no column is a feature that the model has (age, income): likely the table is of another model\n',
  );
});

test('numbers that would be times are proposed with the moments that they would be, and taken when they are said to be', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => `${1_760_000_000 + 3600 * i},${20 + (i % 9)},yes`);
  const path = await file('epochs.csv', `c1,age,prediction\n${rows.join('\n')}\n`);
  const args = ['import', path, '--model', 'epochs', '--dry-run'];
  const { out, err } = await tiltmeter(...args);
  expect(err).toBe(
    'warning: no column is the time: every row is stored as of now; "c1" would be epoch seconds from 2025-10-09 to 2025-10-10. Name it with --map time=COLUMN (c1?)\n',
  );
  expect(out).not.toContain('time ←');
  const said = await tiltmeter(...args, '--map', 'time=c1');
  expect(said.err).toBe('');
  expect(said.out).toContain('"time": 1760000000000');
});

test('times that can be read in two ways are no guess, and warned of when they were said', async () => {
  const path = await file('slashes.csv', `date,prediction\n${'03/04/2026,a\n'.repeat(30)}`);
  const guess = await tiltmeter('import', path, '--model', 'slashes', '--dry-run');
  expect(guess.err).toContain('--map time=COLUMN (date?)');
  const said = await tiltmeter('import', path, '--model', 'slashes', '--dry-run', '--map', 'time=date');
  expect(said.err).toContain('"date" holds what is not read as a time ("03/04/2026")');
});

test('--dry-run shows the first event and the count, needs no server, and sends nothing', async () => {
  const path = await file('dry.csv', scored(40));
  const args = ['import', path, '--model', 'dry', '--map', 'id=loan', '--dry-run'];
  const { exit, out } = await command(args, { TILTMETER_URL: 'http://127.0.0.1:9' });
  expect(exit).toBe(0);
  expect(out).toContain('"time": 1769853600000');
  expect(out).toContain('40 rows would be sent; nothing was.');
  const printed = await command([...args, '--json'], {});
  expect(JSON.parse(printed.out)).toMatchObject({
    rows: 40,
    understood: {
      parts: { id: { column: 'loan', guessed: false }, label: { column: 'truth', guessed: true } },
    },
    first: { prediction: { id: 'L0', prediction: 'deny', score: 0.05 }, label: { id: 'L0', label: 'no' } },
  });
  expect((await server.json('GET', '/api/v1/models/dry')).status).toBe(404);
});

test('Parquet, Arrow, globs and several files: one table, types as they are', async () => {
  const select = (from: number) =>
    `SELECT toString(number) AS id, toDateTime64(1767225600 + number, 3, 'UTC') AS time, number / 4 AS amount, toBool(number % 2 = 0) AS member, if(number % 5 = 0, NULL, toFloat64(number % 7)) AS gaps, ['a'] AS tags, 'x' AS prediction FROM numbers(${from}, 60)`;
  await world.writeParquet('part-1.parquet', select(0));
  await world.writeParquet('part-2.parquet', select(60));
  const { exit, out, err } = await tiltmeter(
    'import',
    world.path('part-*.parquet'),
    '--model',
    'typed-files',
  );
  expect([exit, err]).toEqual([0, '']);
  expect(out).toContain('2 files');
  expect(out).toContain('  3 features: amount numeric, member boolean, gaps numeric\n  ignored: tags\n');
  expect(out).toContain('predictions: 120 stored');
  const { body } = await server.json('GET', '/api/v1/models/typed-files/predictions/61');
  expect(body).toMatchObject({
    time: '2026-01-01T00:01:01.000Z',
    features: { amount: 15.25, member: false, gaps: 5 },
  });
  const one = await file('a.csv', 'id,age\n1,2\n');
  const other = await file('b.csv', 'id,height\n1,2\n');
  const refused = await tiltmeter('import', one, other, '--model', 'typed-files');
  expect(refused).toMatchObject({ exit: 2, err: expect.stringContaining('is laid out otherwise than') });
});

test('after an interruption the same command goes on where it stopped, and sends nothing twice', async () => {
  const rows = Array.from({ length: 3500 }, (_, i) => `r${i},${i},2026-01-01 00:00:00,a`);
  const path = await file('long.csv', `id,age,time,prediction\n${rows.join('\n')}\n`);
  const sent: string[] = [];
  let left = 2;
  const proxy = createServer(async (request, response) => {
    const body = await text(request);
    const isBatch = request.url === '/api/v1/predictions';
    if (isBatch && left-- <= 0) return void response.writeHead(500).end();
    if (isBatch) sent.push(...body.split('\n').map((line) => JSON.parse(line).id));
    const headers = { authorization: request.headers.authorization!, 'content-type': 'application/x-ndjson' };
    const method = request.method!;
    const reply = await fetch(server.address + request.url, { method, headers, ...(body && { body }) });
    response.writeHead(reply.status, { 'content-type': 'application/json' }).end(await reply.text());
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const env = { TILTMETER_KEY: server.adminKey, XDG_STATE_HOME: folder };
  const args = ['import', path, '--model', 'long', '--url', url];
  const kept = () => readdir(join(folder, 'tiltmeter/imports')).catch(() => []);
  const before = await kept();
  const stopped = await command(args, env);
  expect(stopped).toMatchObject({ exit: 1, err: expect.stringContaining('stopped behind row 2,000') });
  // Its place, and what was seen of the file: the next try need not look through it again.
  expect(await kept()).toHaveLength(before.length + 2);
  left = 10;
  const { exit, out, err } = await command(args, env);
  expect([exit, err]).toEqual([
    0,
    'goes on behind row 2,000, where the last try stopped; --restart begins anew\n',
  ]);
  expect(out).toContain('3,500 rows read\npredictions: 3,500 stored');
  expect(sent).toEqual(rows.map((row) => row.split(',')[0]));
  expect(await kept()).toEqual(before);
  proxy.close();
});

test('a table of more features than a model keeps says so before anything is sent', async () => {
  const names = Array.from({ length: 1003 }, (_, i) => `f${i}`);
  const path = await file(
    'wide.csv',
    `id,time,prediction,${names}\nr1,2026-01-01,1,${names.map((_, i) => i)}\nr2,2026-01-01,2,${names.map((_, i) => i + 1)}\n`,
  );
  const { exit, out, err } = await tiltmeter('import', path, '--model', 'wide');
  expect(err).toContain('warning: 1,003 columns are features, and a model keeps 1,000');
  expect(out).toContain('2 stored');
  expect([exit, out]).toEqual([1, expect.stringContaining('6 values of features left out')]);
});

test('Ctrl-C stops behind the batch under way, and says how to go on', async () => {
  const rows = Array.from({ length: 1500 }, (_, i) => `r${i},${i % 7},2026-01-01,a`);
  const path = await file('pressed.csv', `id,age,time,prediction\n${rows.join('\n')}\n`);
  const env = { TILTMETER_URL: server.address, TILTMETER_KEY: server.adminKey, XDG_STATE_HOME: folder };
  const args = ['import', path, '--model', 'pressed'];
  const { exit, err } = await command(args, env, undefined, () => AbortSignal.abort());
  expect([exit, err]).toEqual([
    1,
    'stopped behind row 1,000; the same command goes on from there\ntiltmeter: Interrupted\n',
  ]);
  const { out } = await command(args, env);
  expect(out).toContain('1,500 rows read\npredictions: 1,500 stored, 0 known already');
});

test('the same file with another mapping is another import, not a repetition that is refused', async () => {
  const path = await file('remapped.csv', 'id,time,a,b\n1,2026-01-01,x,y\n2,2026-01-01,x,y\n');
  const as = (part: string) => tiltmeter('import', path, '--model', 'remapped', '--map', part);
  expect((await as('prediction=a')).exit).toBe(0);
  expect(await as('prediction=b')).toMatchObject({
    exit: 0,
    out: expect.stringContaining('2 known already'),
  });
});
