import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';
import { run } from '../run.ts';

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

async function tiltmeter(...args: string[]) {
  const written = { out: '', err: '' };
  const stream = (name: 'out' | 'err') => new PassThrough().on('data', (chunk) => (written[name] += chunk));
  const env = { TILTMETER_URL: server.address, TILTMETER_KEY: server.adminKey };
  const exit = await run(args, { env, clock: () => 0, stdout: stream('out'), stderr: stream('err') });
  return { exit, ...written };
}

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, name.endsWith('.gz') ? gzipSync(text) : text);
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
  expect(first).toMatchObject({ exit: 0, err: '' });
  expect(JSON.parse(first.out)).toMatchObject({
    rows: 1200,
    predictions: { received: 1200, stored: 1200, rejected_total: 0 },
    labels: { received: 1200, stored: 1200 },
  });
  await tiltmeter(...args);
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
  expect(out).toContain('predictions: 2 stored, 0 were there already, 0 rejected');
  expect(out).toContain('line 2: not a JSON object');
});

test('a rejected row is named with its code', async () => {
  const path = await file('times.csv', 'age,time\n1,2026-01-01\n2,1970-01-02\n');
  const { exit, out } = await tiltmeter('import', path, '--model', 'times');
  expect(exit).toBe(1);
  expect(out).toContain('predictions: 1 stored, 0 were there already, 1 rejected');
  expect(out).toMatch(/row 2: .*\(invalid_time\)/);
});

test('a thousand rows that are all refused do not stop those behind them', async () => {
  const rows = Array.from({ length: 1001 }, (_, i) => `${i},${i < 1000 ? '1970-01-02' : '2026-01-01'}`);
  const path = await file('refused.csv', `age,time\n${rows.join('\n')}\n`);
  const { exit, out } = await tiltmeter('import', path, '--model', 'refused');
  expect(exit).toBe(1);
  expect(out).toContain('1001 rows read');
  expect(out).toContain('predictions: 1 stored, 0 were there already, 1000 rejected');
});

test.each([['a file that is not there', ['nowhere.csv'], 'There is no file']])(
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
  expect(err).toContain('The file has no column "key"');
  expect((await server.json('GET', '/api/v1/models/unsent')).status).toBe(404);
});

test('model list and show print what the API has', async () => {
  expect((await tiltmeter('model', 'list')).out).toContain('loans');
  expect((await tiltmeter('model', 'show', 'loans')).out).toMatch(/predictions +1200/);
  expect(await tiltmeter('model', 'show', 'nothing')).toMatchObject({ exit: 1, out: '' });
});
