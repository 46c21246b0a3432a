import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';
import { tiltmeter as command } from '../terminal.testing.ts';

let server: TestApp;
let model: Server;
let endpoint: string;
let folder: string;
const heard: unknown[] = [];

/** Milliseconds that the server is ahead of the clock on the wall. */
let ahead = 0;

beforeAll(async () => {
  server = await startTestApp({ allowPrivateAddresses: true, clock: () => Date.now() + ahead });
  folder = await mkdtemp(join(tmpdir(), 'tiltmeter-hold-'));
  model = createServer(async (request, response) => {
    const body = (await json(request)) as { readonly row: { readonly age: number } };
    heard.push(body);
    response.end(JSON.stringify({ out: [{ p: body.row.age >= 40 ? 0.8 : 0.1 }] }));
  });
  await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(model.address() as AddressInfo).port}/score`;
  await server.json('POST', '/api/v1/models', { id: 'loans' });
  const rows = Array.from({ length: 40 }, (_, i) => `${20 + i},FR,${i % 10 === 0 || i < 20 ? 'no' : 'yes'}`);
  await writeFile(join(folder, 'hold.csv'), `age,country,defaulted\n${rows.join('\n')}\n`);
});
afterAll(async () => {
  model.closeAllConnections();
  model.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const tiltmeter = (...args: string[]) =>
  command(args, { TILTMETER_URL: server.address, TILTMETER_KEY: server.adminKey });
const set = (...more: string[]) =>
  tiltmeter('hold', 'set', 'loans', join(folder, 'hold.csv'), '--endpoint', endpoint, ...more);
const TEMPLATE = ['--protocol', 'template', '--body', '{"row":"$features"}', '--answer', 'out.0.p'];

test('a file becomes the labelled set of a model; its runs are shown, asked for and removed', async () => {
  expect((await tiltmeter('hold', 'show', 'loans')).out).toContain('loans has no labelled set');
  const made = await set('--label', 'defaulted', '--every', '6h', '--classes', 'no,yes', ...TEMPLATE);
  expect(made).toMatchObject({ exit: 0, out: expect.stringContaining('40 rows through 127.0.0.1') });
  await server.app.runJob('holds');
  expect(heard).toHaveLength(40);
  expect(heard[0]).toEqual({ row: { age: expect.any(Number), country: 'FR' } });
  const { out } = await tiltmeter('hold', 'show', 'loans');
  expect(out).toMatch(/accuracy on the hold.*\n.*0\.95 \(0\.83.* to 0\.98.*\).*no baseline.*40 \/ 40/);
  expect((await tiltmeter('hold', 'run', 'loans')).out).toContain('within ten seconds');
  // A minute after the last run at the earliest, however often it is asked for.
  ahead = 61_000;
  await server.app.runJob('holds');
  expect((await tiltmeter('hold', 'show', 'loans')).out).toMatch(/0 \(0 to 0\)/);
  expect((await tiltmeter('hold', 'remove', 'loans')).exit).toBe(0);
});

test('a set without labels, a body without features, a model that is not there: said before anything is asked', async () => {
  expect((await set('--ignore', 'defaulted')).err).toMatch(/Row 1 has no label/);
  expect((await set('--label', 'defaulted', '--protocol', 'template', '--body', '{}')).err).toContain(
    '$features',
  );
  const none = await tiltmeter('hold', 'set', 'none', join(folder, 'hold.csv'), '--label', 'defaulted', '--endpoint', endpoint); // biome-ignore format: one line
  expect([none.exit, none.err]).toEqual([expect.any(Number), expect.stringContaining('none')]);
  expect(none.exit).not.toBe(0);
});
