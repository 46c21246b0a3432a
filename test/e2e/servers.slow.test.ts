import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLake } from '../../server/store/lake/open.ts';
import {
  type ClickHouseServer,
  startClickHouseServer,
} from '../../server/store/lake/testing/clickhouse-server.ts';
import { openLedger } from '../../server/store/ledger/open.ts';
import type { Ledger } from '../../server/store/ledger/schema.ts';
import { startTestPostgres, type TestPostgres } from '../../server/store/ledger/testing/postgres.ts';
import { random, randomNormal } from '../../stats/random.ts';

const KEY = 'two-servers-test-key-0123456789abcdef';
const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 5);
const KILLS = 20;
const MODELS = ['a', 'b', 'c', 'd', 'e'];
const HOURS = 11 * 24;
const PER_HOUR = 20;
const BATCH = 120;
/** Clocks of the two servers differ by so much. */
const SKEW_MS = 30_000;

interface Running {
  readonly child: ChildProcess;
  readonly address: string;
}

let folder: string;
let lake: ClickHouseServer;
let postgres: TestPostgres;
let ledgerUrl: string;
let ledger: Kysely<Ledger>;
let hook: Server;
const servers: Running[] = [];
const told: string[] = [];
const silent = { debug() {}, info() {}, warn() {}, error() {} };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tiltmeter-servers-'));
  lake = await startClickHouseServer({ dir: join(folder, 'shared'), user: 'u', password: 'p' });
  postgres = await startTestPostgres();
  ledgerUrl = await postgres.createDatabase();
  hook = createServer((request, reply) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      const { event, incident } = JSON.parse(body);
      const key = String(request.headers['idempotency-key']);
      // a message whose answer was lost is sent again under the same key
      told.push(JSON.stringify([incident.id, event, key]));
      reply.end();
    });
  }).listen(0, '127.0.0.1');
  for (const place of [0, 1]) servers[place] = await serve(place);
  ledger = await openLedger({ dataDir: folder, ledgerUrl, clock: Date.now });
});
afterAll(async () => {
  for (const { child } of servers) if (child.exitCode === null) await kill(child);
  await ledger?.destroy();
  hook?.close();
  await lake?.close();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A server of its own process, the second with a clock that is ahead; resolves once it answers. */
async function serve(place: number): Promise<Running> {
  const ahead = `data:text/javascript,const now=Date.now;Date.now=()=>now()+${place * SKEW_MS}`;
  const cli = resolve(import.meta.dirname, '../../cli/main.ts');
  const child = spawn(
    process.execPath,
    ['--import', ahead, cli, 'serve', '--port', '0', '--data', join(folder, `server-${place}`)],
    {
      env: {
        ...process.env,
        TILTMETER_ADMIN_KEY: KEY,
        TILTMETER_SECRET_KEY: 'what-the-servers-of-one-ledger-share-32-characters',
        TILTMETER_ALLOW_PRIVATE_ADDRESSES: '1',
        TILTMETER_LAKE_URL: lake.url,
        TILTMETER_LEDGER_URL: ledgerUrl,
        TILTMETER_LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
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
async function call(place: number, method: string, path: string, body?: unknown): Promise<any> {
  const reply = await fetch(servers[place]!.address + path, {
    method,
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
  return reply.status === 204 ? undefined : reply.json();
}

/** Eleven days of a model; on the tenth half of one column goes missing. */
function rowsOf(model: string): object[] {
  const next = random(MODELS.indexOf(model) + 1);
  return Array.from({ length: HOURS * PER_HOUR }, (_, i) => {
    const time = START + (i * HOUR) / PER_HOUR;
    const broken = time > START + 9 * 24 * HOUR && next() < 0.5;
    return {
      model,
      id: `${model}${i}`,
      time,
      features: { x: broken ? null : randomNormal(next), y: randomNormal(next) },
      prediction: randomNormal(next),
    };
  });
}

/** Sends everything of a model in order, to either server, again and again until it is acknowledged. */
async function replay(model: string, next: () => number): Promise<void> {
  const rows = rowsOf(model);
  for (let i = 0; i < rows.length; i += BATCH) {
    const batch = rows.slice(i, i + BATCH);
    for (;;) {
      try {
        await call(next() < 0.5 ? 0 : 1, 'POST', '/api/v1/predictions', batch);
        break;
      } catch {
        await sleep(100 + 400 * next());
      }
    }
    // events come for as long as servers die
    await sleep(12_000 * next());
  }
}

/** How many models each server owns that lives by the ledger's clock; undefined while one has no such owner. */
async function owned(): Promise<number[] | undefined> {
  const live = await ledger.selectFrom('servers').select('id').where('expires_at', '>', Date.now()).execute();
  const owners = await ledger.selectFrom('owners').select('server').execute();
  const counts = new Map(live.map(({ id }) => [id, 0]));
  for (const { server } of owners) {
    const count = counts.get(server);
    if (count === undefined) return undefined;
    counts.set(server, count + 1);
  }
  return [...counts.values()].sort((a, b) => a - b);
}

async function within(ms: number, what: string, done: () => Promise<boolean>): Promise<number> {
  const began = performance.now();
  while (!(await done())) {
    if (performance.now() - began > ms) throw new Error(`${what}: not within ${ms} ms`);
    await sleep(250);
  }
  return performance.now() - began;
}

test('two servers, killed again and again: all that was acknowledged is judged once, and told once', async () => {
  const next = random(4);
  const { port } = hook.address() as AddressInfo;
  await call(0, 'POST', '/api/v1/channels', { name: 'hook', address: `http://127.0.0.1:${port}/` });
  const sending = Promise.all(MODELS.map((model) => replay(model, next)));
  await within(120_000, 'every model has an owner', async () => {
    const counts = await owned();
    return counts?.reduce((sum, count) => sum + count, 0) === MODELS.length;
  });

  const takenOver: number[] = [];
  for (let death = 0; death < KILLS; death++) {
    await sleep(6_000 * next());
    const place = next() < 0.5 ? 0 : 1;
    await kill(servers[place]!.child);
    // Sometimes it is back before anyone has missed it, sometimes the other has taken over long before.
    const soon = next() < 0.5;
    if (soon) servers[place] = await serve(place);
    takenOver.push(await within(90_000, 'taken over', async () => (await owned()) !== undefined));
    if (!soon) servers[place] = await serve(place);
  }
  expect(takenOver).toHaveLength(KILLS);
  await sending;
  await within(180_000, 'shared evenly', async () => String(await owned()) === '2,3');

  const lastHour = START + (HOURS - 1) * HOUR;
  await within(300_000, 'all judged', async () => {
    const judged = await ledger.selectFrom('judgements').select('evaluated_to').execute();
    return (
      judged.length === MODELS.length && judged.every(({ evaluated_to }) => evaluated_to >= lastHour - HOUR)
    );
  });
  const incidents = async () =>
    (await call(0, 'GET', '/api/v1/incidents?limit=200')).items as { id: string }[];
  const opened = () =>
    new Set(
      told
        .map((line) => JSON.parse(line))
        .filter(([, event]) => event === 'opened')
        .map(([id]) => id),
    );
  await within(
    120_000,
    'all told',
    async () => (await incidents()).length > 0 && (await incidents()).every(({ id }) => opened().has(id)),
  );

  // acknowledged and stored: each row once
  const rows = await openLake({ dataDir: folder, lakeUrl: lake.url, log: silent });
  for (const model of MODELS) {
    const { table_name } = await ledger
      .selectFrom('models')
      .select('table_name')
      .where('id', '=', model)
      .executeTakeFirstOrThrow();
    const [stored] = await rows.query<{ n: number; ids: number }>(
      `SELECT count() AS n, uniqExact(_id) AS ids FROM tiltmeter.${table_name}`,
    );
    expect([model, Number(stored?.n), Number(stored?.ids)]).toEqual([
      model,
      HOURS * PER_HOUR,
      HOURS * PER_HOUR,
    ]);
  }
  await rows.close();

  // decided once: an alert never enters the same state twice at one moment, and never one that it is in; what was judged
  // again, since rows came late, corrects what was told and may be told of the past
  const transitions = await ledger.selectFrom('alert_transitions').selectAll().orderBy('seq').execute();
  const entered = transitions.filter(
    ({ from_state, to_state, correction }) => from_state !== to_state && correction === 0,
  );
  const moments = entered.map(({ alert, time, to_state }) => `${alert} ${time} ${to_state}`);
  expect(new Set(moments).size).toBe(moments.length);
  for (const [, own] of Map.groupBy(transitions, ({ alert }) => alert)) {
    const inOrder = own.every(
      ({ time, correction }, i) => correction === 0 && time >= (own[i - 1]?.time ?? 0),
    );
    if (!inOrder) continue;
    // A state other than firing is not corrected aloud: what came late may have turned `no_data` into `not_enough_data`.
    const fires = (state: string | null | undefined) => state === 'firing';
    for (const [i, { from_state }] of own.entries())
      expect(fires(from_state)).toBe(fires(own[i - 1]?.to_state));
  }
  // told once
  const messages = [...new Set(told)].map((line) => JSON.parse(line).slice(0, 2).join(' '));
  const once = messages.filter((message) => message.endsWith(' opened'));
  expect(new Set(once).size).toBe(once.length);
}, 900_000);
