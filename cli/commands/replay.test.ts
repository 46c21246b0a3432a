import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';
import { tiltmeter as command } from '../terminal.testing.ts';

let server: TestApp;
let candidate: Server;
let origin: string;
let folder: string;
let asked = 0;

interface Asked {
  readonly instances?: readonly { readonly x: number }[];
  readonly inputs?: readonly { readonly name: string; readonly data: readonly number[] }[];
  readonly row?: { readonly x: number };
}

/** yes from 50 on; what it does at other paths is in their names. */
beforeAll(async () => {
  server = await startTestApp();
  folder = await mkdtemp(join(tmpdir(), 'tiltmeter-replay-'));
  candidate = createServer(async (request, response) => {
    const body = (await json(request)) as Asked;
    asked++;
    const x =
      body.instances?.[0]?.x ?? body.inputs?.find(({ name }) => name === 'x')?.data[0] ?? body.row?.x ?? 0;
    const label = x >= 50 ? 'yes' : 'no';
    const replies: Record<string, () => void> = {
      '/v1': () => response.end(JSON.stringify({ predictions: [label] })),
      '/v2': () => response.end(JSON.stringify({ outputs: [{ name: 'p', data: [x >= 50 ? 0.9 : 0.2] }] })),
      '/template': () => response.end(JSON.stringify({ out: [{ label }] })),
      '/nonsense': () => response.end('<html>'),
      '/empty': () => response.end('{}'),
      '/broken': () => response.writeHead(500).end(),
      '/hangs': () => {},
      '/some-hang': () => (x % 10 === 0 ? undefined : response.end(JSON.stringify({ predictions: [label] }))),
    };
    replies[request.url!]!();
  });
  await new Promise<void>((resolve) => candidate.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(candidate.address() as AddressInfo).port}`;
  const rows = Array.from({ length: 100 }, (_, x) => ({
    ...{ model: 'm', id: `p${x}`, time: new Date(Date.UTC(2026, 10, 1, 0, x)).toISOString() },
    ...{ features: { x, country: 'FR' }, prediction: x >= 40 ? 'yes' : 'no' },
  }));
  await server.json('POST', '/api/v1/predictions', rows);
  const labels = rows.map(({ id }, x) => ({ model: 'm', id, label: x >= 50 ? 'yes' : 'no' }));
  await server.json('POST', '/api/v1/labels', labels);
});
afterAll(async () => {
  candidate.closeAllConnections();
  candidate.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const tiltmeter = (...args: string[]) =>
  command(['replay', ...args], { TILTMETER_URL: server.address, TILTMETER_KEY: server.adminKey });

test('stored predictions: agreement, quality of both and their difference row by row', async () => {
  const { exit, out } = await tiltmeter('--model', 'm', '--endpoint', `${origin}/v1`, '--json');
  expect(exit).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    ...{ rows: 100, answered: 100, unanswered: [], task: 'classes' },
    agreement: { value: 0.9, n: 100 },
    quality: { candidate: { value: 1, n: 100 }, stored: { value: 0.9 }, difference: { value: 0.1, n: 100 } },
  });
});

test.each([
  ['kserve-v2', ['--endpoint', '/v2', '--protocol', 'kserve-v2', '--classes', 'no,yes']],
  ['template', ['--endpoint', '/template', '--protocol', 'template', '--body', '{"row":"$features"}', '--answer', 'out.0.label']], // biome-ignore format: one line
])('%s', async (_, [flag, path, ...more]) => {
  const { out } = await tiltmeter('--model', 'm', flag!, origin + path, ...more, '--json');
  expect(JSON.parse(out)).toMatchObject({ answered: 100, quality: { candidate: { value: 1 } } });
});

test.each([
  ['/nonsense', 'not_json'],
  ['/empty', 'no_answer'],
  ['/broken', 'http_error'],
  ['/hangs', 'timeout'],
])('%s: no answer is a named reason, and the endpoint is given up', async (path, reason) => {
  const found = await tiltmeter('--model', 'm', '--endpoint', origin + path, '--timeout', '0.2s', '--json', '--concurrency', '25'); // biome-ignore format: one line
  expect(found.exit).toBe(2);
  const { answered, rows, unanswered } = JSON.parse(found.out);
  expect([answered, unanswered[0].reason]).toEqual([0, reason]);
  expect(rows).toBeLessThan(100);
  expect(found.err).toContain('no more was asked');
});

test('nobody there: unreachable', async () => {
  const { exit, out } = await tiltmeter('--model', 'm', '--endpoint', 'http://127.0.0.1:9', '--json');
  expect([exit, JSON.parse(out).unanswered[0].reason]).toEqual([2, 'unreachable']);
});

test('answers are kept, and only those that are lacking are asked for again', async () => {
  const kept = join(folder, 'answers.jsonl');
  const args = ['--model', 'm', '--out', kept, '--json', '--timeout', '0.2s'];
  const first = JSON.parse((await tiltmeter(...args, '--endpoint', `${origin}/some-hang`)).out);
  expect(first).toMatchObject({ answered: 90, unanswered: [{ reason: 'timeout', n: 10 }] });
  // A row without an answer is wrong.
  expect(first.quality.candidate).toMatchObject({ value: 0.9, n: 100 });
  asked = 0;
  const second = JSON.parse((await tiltmeter(...args, '--endpoint', `${origin}/v1`)).out);
  expect([asked, second.answered, second.quality.candidate.value]).toEqual([10, 100, 1]);
  expect((await readFile(kept, 'utf8')).trim().split('\n')).toHaveLength(110);
});

test('a labelled set that must not get worse', async () => {
  const file = join(folder, 'hold.csv');
  const rows = Array.from({ length: 60 }, (_, x) => `${x},FR,${x >= 45 ? 'yes' : 'no'}`);
  await writeFile(file, `x,country,truth\n${rows.join('\n')}\n`);
  const args = [file, '--label', 'truth', '--endpoint', `${origin}/v1`];
  expect((await tiltmeter(...args, '--fail-under', '0.9')).exit).toBe(0);
  const failed = await tiltmeter(...args, '--fail-under', '0.95');
  expect([failed.exit, failed.err]).toEqual([1, 'tiltmeter: failed: accuracy 0.9167 is under 0.95\n']);
  expect(failed.out).toMatch(/answered +60 of 60 rows/);
  expect(await tiltmeter(...args, '--fail-over', '2')).toMatchObject({ exit: 2 });
});

test('misuse is said', async () => {
  expect((await tiltmeter('--endpoint', 'nowhere')).err).toContain('is no address');
  expect((await tiltmeter('--endpoint', origin)).err).toContain('Nothing to ask for');
  expect((await tiltmeter('--endpoint', origin, '--model', 'm', '--protocol', 'template')).err).toContain(
    '--body',
  );
});

test('what lets people in to the endpoint is never printed, and answers are their owner’s alone', async () => {
  const asking = ['--model', 'm', '--limit', '1', '--endpoint', `${origin}/v1`];
  for (const header of [
    'Authorization: Bearer SECRET\nX: y',
    'Authorization: Bearer SECRET…',
    'a b: SECRET',
  ]) {
    const { exit, out, err } = await tiltmeter(...asking, '--header', header);
    expect([exit, err]).toEqual([2, expect.stringContaining('--header: ')]);
    expect(out + err).not.toContain('SECRET');
  }
  const inside = origin.replace('://', '://user:SECRET@');
  const { exit, out, err } = await tiltmeter('--model', 'm', '--endpoint', `${inside}/v1`);
  expect([exit, out + err]).toEqual([2, expect.not.stringContaining('SECRET')]);
  const kept = join(folder, 'private.jsonl');
  await tiltmeter(...asking, '--out', kept);
  expect((await stat(kept)).mode & 0o777).toBe(0o600);
});
