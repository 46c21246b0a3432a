import { execFileSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startTestPostgres } from '../server/store/ledger/testing/postgres.ts';
import { random, randomNormal } from '../stats/random.ts';
import { startTestApp, type TestApp } from './app.ts';
import { until } from './until.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 0, 5);
const HOURS = 12 * 24;
const PER_HOUR = 20;
const ROWS = HOURS * PER_HOUR;
const BATCH = 240;

let hook: Server;
let tilt: TestApp | undefined;
/** What the receiver was told, each message once by its key. */
let told: Set<string>;
beforeEach(() => {
  told = new Set();
  hook = createServer((request, reply) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      const { event, incident } = JSON.parse(body);
      told.add(`${event} ${incident.title} ${request.headers['idempotency-key']}`);
      reply.end();
    });
  }).listen(0, '127.0.0.1');
});
afterEach(async () => {
  await tilt?.stop();
  tilt = undefined;
  hook.close();
});

/** Twelve days of predictions with their labels; in the last three a column is missing half of the time. */
function batches(): { predictions: object[]; labels: object[] }[] {
  const next = random(9);
  const all = Array.from({ length: ROWS }, (_, i) => {
    const time = START + (i * HOUR) / PER_HOUR;
    const broken = i >= 9 * 24 * PER_HOUR;
    const features = { a: broken && next() < 0.5 ? null : randomNormal(next), b: randomNormal(next) };
    const prediction = i % 3 === 0 ? 'no' : 'yes';
    return { model: 'm', id: `p${i}`, time, features, prediction };
  });
  return Array.from({ length: ROWS / BATCH }, (_, k) => {
    const predictions = all.slice(k * BATCH, (k + 1) * BATCH);
    const labels = predictions.map(({ model, id, time, prediction }) => ({
      ...{ model, id, time },
      label: prediction,
    }));
    return { predictions, labels };
  });
}

/** A request that is sent until it is taken, as clients do; true when it had to be repeated. */
async function send(app: TestApp, path: string, events: readonly object[]): Promise<boolean> {
  for (let tries = 0; ; tries++) {
    const { status, headers } = await app.json('POST', path, events);
    if (status === 200) return tries > 0;
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toMatch(/^\d+$/);
    await sleep(50);
  }
}

/** One look of everything that runs by itself; false when a store was away meanwhile. */
async function tick(app: TestApp): Promise<boolean> {
  try {
    for (const job of ['models', 'incidents', 'watch']) await app.app.runJob(job);
    await app.app.deliver();
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: expect.stringMatching(/^(store_unavailable|not_owned)$/) });
    await sleep(20);
    return false;
  }
}

async function troubles(app: TestApp): Promise<string[]> {
  const { body } = await app.json('GET', '/api/v1/status');
  return body.troubles.map(({ sentence }: { sentence: string }) => sentence);
}

/** All that was sent is there, once, in what is stored and in the profiles; it is judged, and told once. */
async function expectWhole(app: TestApp, now: { add(ms: number): void }): Promise<void> {
  for (let i = 0; i < 6; i++) {
    now.add(10 * MINUTE);
    await until(() => tick(app));
  }
  const [stored] = await app.app.ctx.lake.query<{ n: number; ids: number }>(
    'SELECT count() AS n, uniqExact(_id) AS ids FROM tiltmeter.predictions_m',
  );
  expect(stored).toEqual({ n: ROWS, ids: ROWS });
  expect((await app.json('GET', '/api/v1/models/m')).body).toMatchObject({ predictions: ROWS, labels: ROWS });
  for (const column of ['_all', 'b', '_confusion'])
    expect(
      (await app.json('GET', `/api/v1/models/m/columns/${column}/distribution?from=${START}`)).body.moments
        .current.n,
      column,
    ).toBe(ROWS);
  const { items } = (await app.json('GET', '/api/v1/incidents?model=m')).body;
  expect(items.map(({ title }: { title: string }) => title)).toEqual([
    expect.stringContaining('Missing values in a'),
  ]);
  await until(() => tick(app));
  expect([...told].filter((text) => text.startsWith('opened Missing'))).toHaveLength(1);
}

async function listen(app: TestApp): Promise<void> {
  const { port } = hook.address() as AddressInfo;
  await app.json('POST', '/api/v1/channels', { name: 'pager', address: `http://127.0.0.1:${port}/` });
}

function clockOf() {
  let now = START + 13 * 24 * HOUR;
  return {
    clock: () => now,
    add(ms: number) {
      now += ms;
    },
  };
}

/** Sends everything and looks after it all the while, as `disturb` goes on; it is told how many looks have been. */
async function underLoad(
  app: TestApp,
  now: { add(ms: number): void },
  disturb: (seen: () => { looks: number; refused: number }) => Promise<void>,
): Promise<{ looks: number; refused: number }> {
  const seen = { looks: 0, refused: 0 };
  let going = true;
  const sending = (async () => {
    for (const { predictions, labels } of batches()) {
      if (await send(app, '/api/v1/predictions', predictions)) seen.refused++;
      if (await send(app, '/api/v1/labels', labels)) seen.refused++;
    }
  })();
  const looking = (async () => {
    while (going) {
      if (!(await tick(app))) seen.refused++;
      seen.looks++;
      now.add(MINUTE);
    }
  })();
  try {
    await Promise.all([sending, disturb(() => ({ ...seen }))]);
  } finally {
    going = false;
    await looking;
  }
  return seen;
}

test('PostgreSQL that is restarted again and again while rows come and are judged: all is stored, judged and told once', async () => {
  const postgres = await startTestPostgres();
  try {
    const now = clockOf();
    const ledgerUrl = await postgres.createDatabase();
    const app = await startTestApp({ ledgerUrl, clock: now.clock, allowPrivateAddresses: true });
    tilt = app;
    await listen(app);
    const { refused } = await underLoad(app, now, async (seen) => {
      for (let restart = 0; restart < 3; restart++) {
        const before = seen();
        await until(() => seen().looks > before.looks);
        await postgres.restart(async () => {
          // Who signed in cannot be recognised then; the key of the operator is, and says what is wrong.
          expect(await troubles(app)).toContainEqual(expect.stringMatching(/^The ledger does not answer/));
          await until(() => seen().refused > before.refused);
        });
      }
    });
    expect(refused).toBeGreaterThan(2);
    await until(() => tick(app));
    expect(await troubles(app)).toContainEqual(
      expect.stringMatching(/^The ledger did not answer for \d+ s, until 2026-01-18 /),
    );
    await expectWhole(app, now);
  } finally {
    await tilt?.stop();
    tilt = undefined;
    await postgres.stop();
  }
});

/** The process that holds the engine of this data folder. */
function lakeHost(dataDir: string): number | undefined {
  const table = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const line = table.find((each) => each.includes(join(dataDir, 'lake')));
  return line === undefined ? undefined : Number(line.trim().split(/\s+/)[0]);
}

test('the lake host that is killed again and again while rows come and are rolled up: all is stored, judged and told once', async (context) => {
  const now = clockOf();
  const app = await startTestApp({ clock: now.clock, allowPrivateAddresses: true });
  tilt = app;
  if (lakeHost(app.dataDir) === undefined) return context.skip('the lake is not in the data folder');
  await listen(app);
  await underLoad(app, now, async (seen) => {
    for (const pause of [50, 400, 200, 600, 900, 300]) {
      const { looks } = seen();
      await until(() => seen().looks > looks);
      await until(() => app.app.ctx.lake.query('SELECT 1').catch(() => false));
      await sleep(pause);
      const host = await until(() => lakeHost(app.dataDir));
      process.kill(host as number, 'SIGKILL');
    }
  });
  await vi.waitFor(async () => {
    expect(await troubles(app)).toContainEqual(
      expect.stringMatching(
        /^The engine of the lake ended and was started again, after \d+ s, at 2026-01-1\d /,
      ),
    );
  }, 60_000);
  await expectWhole(app, now);
});
