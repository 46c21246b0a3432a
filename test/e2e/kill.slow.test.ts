import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { random, randomNormal } from '../../stats/random.ts';

const KEY = 'kill-test-key-0123456789abcdefghij';
const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 5);
const DEATHS = 8;

let dataDir: string;
let hook: Server;
/** The server that runs now; ended whatever becomes of the test. */
let running: ChildProcess | undefined;
const told: { event: string; key: string; incident: string }[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tiltmeter-kill-'));
  hook = createServer((request, reply) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      const { event, incident } = JSON.parse(body);
      told.push({ event, incident: incident.id, key: String(request.headers['idempotency-key']) });
      reply.end();
    });
  }).listen(0, '127.0.0.1');
});
afterAll(async () => {
  if (running?.exitCode === null) await kill(running);
  hook.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** A server of its own process; resolves once it answers. */
async function serve(): Promise<{ child: ChildProcess; address: string }> {
  const child = spawn(
    process.execPath,
    [resolve(import.meta.dirname, '../../cli/main.ts'), 'serve', '--port', '0', '--data', dataDir],
    {
      env: { ...process.env, TILTMETER_ADMIN_KEY: KEY, TILTMETER_ALLOW_PRIVATE_ADDRESSES: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  running = child;
  const address = await new Promise<string>((found, failed) => {
    let out = '';
    const look = (part: Buffer) => {
      out += part;
      const match = /http:\/\/127\.0\.0\.1:\d+/.exec(out);
      if (match) found(match[0]);
    };
    child.stdout!.on('data', look);
    child.stderr!.on('data', look);
    child.once('exit', (code) => failed(new Error(`exit ${code}: ${out}`)));
  });
  return { child, address };
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await gone;
}

// biome-ignore lint/suspicious/noExplicitAny: tests read replies of every shape
async function call(address: string, method: string, path: string, body?: unknown): Promise<any> {
  const reply = await fetch(address + path, {
    method,
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return reply.json();
}

test('killed again and again while it judges, it opens the incident once and tells it once', async () => {
  const next = random(9);
  let { child, address } = await serve();
  const { port } = hook.address() as AddressInfo;
  await call(address, 'POST', '/api/v1/channels', { name: 'hook', address: `http://127.0.0.1:${port}/` });
  const rows = Array.from({ length: 12 * 24 * 30 }, (_, i) => {
    const time = START + i * 120_000;
    const broken = time > START + 9 * 24 * HOUR;
    return {
      model: 'm',
      id: `p${i}`,
      time,
      features: { a: broken && next() < 0.5 ? null : randomNormal(next), b: randomNormal(next) },
      prediction: randomNormal(next),
    };
  });
  for (let i = 0; i < rows.length; i += 2_000)
    await call(address, 'POST', '/api/v1/predictions', rows.slice(i, i + 2_000));

  for (let death = 0; death < DEATHS; death++) {
    // Rolling up begins at 5 s, judging after it: the deaths fall before, within and after either.
    await sleep(3_000 + next() * 6_000);
    await kill(child);
    ({ child, address } = await serve());
  }
  const judged = async () => {
    const { items } = await call(address, 'GET', '/api/v1/incidents?model=m');
    return items as { id: string; title: string }[];
  };
  await expect.poll(judged, { timeout: 120_000, interval: 500 }).toHaveLength(1);
  await expect.poll(() => told.length, { timeout: 60_000, interval: 500 }).toBeGreaterThan(0);
  await sleep(8_000);
  const [incident] = await judged();
  expect(await judged()).toHaveLength(1);
  expect(incident!.title).toContain('Missing values in a');
  const detail = await call(address, 'GET', `/api/v1/incidents/${incident!.id}`);
  const opened = detail.timeline.filter(({ kind }: { kind: string }) => kind === 'opened');
  expect(opened).toHaveLength(1);
  expect(new Set(told.filter(({ event }) => event === 'opened').map(({ key }) => key)).size).toBe(1);
}, 600_000);
