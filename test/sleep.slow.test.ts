import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MODELS = ['credit', 'fraud'];
/** Sixteen days of traffic before a Thursday night. */
const BEGIN = Date.parse('2026-03-03T00:00:00Z');
const NIGHT = Date.parse('2026-03-19T22:10:00Z');

let now: number;
let tilt: TestApp;
let hook: Server;
/** What the receiver was told, by the key of the message. */
let told: string[];
let sent: Map<string, number>;

beforeEach(async () => {
  now = NIGHT;
  told = [];
  sent = new Map();
  hook = createServer((request, reply) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      const { event, incident } = JSON.parse(body);
      told.push(`${event}: ${incident.title}`);
      reply.end();
    });
  }).listen(0, '127.0.0.1');
  tilt = await startTestApp({ clock: () => now, allowPrivateAddresses: true });
  const { port } = hook.address() as AddressInfo;
  await tilt.json('POST', '/api/v1/channels', {
    name: 'on-call',
    address: `http://127.0.0.1:${port}/`,
    secret: 'a good secret',
  });
});
afterEach(async () => {
  await tilt.stop();
  hook.close();
});

/** How often a prediction comes: forty an hour and model. */
const EVERY = 1.5 * MINUTE;

async function send(from: number, to: number, models = MODELS): Promise<void> {
  for (const model of models) {
    const rows = [];
    for (let time = Math.ceil(from / EVERY) * EVERY; time < to; time += EVERY)
      rows.push({
        model,
        id: `p${time}`,
        time,
        features: { amount: (time / EVERY) % 50 },
        prediction: (time / EVERY) % 3 === 0 ? 'yes' : 'no',
        latency_ms: 10 + ((time / EVERY) % 5),
      });
    for (let i = 0; i < rows.length; i += 5_000) {
      const reply = await tilt.json('POST', '/api/v1/predictions', rows.slice(i, i + 5_000));
      expect(reply.body).toMatchObject({ rejected: [], duplicates: 0 });
    }
    sent.set(model, (sent.get(model) ?? 0) + rows.length);
  }
}

/** What runs by itself, as often as it does while a server is awake for so long. */
async function awake(ms: number, each: (from: number, to: number) => Promise<void> = send): Promise<void> {
  for (const end = now + ms; now < end; ) {
    const from = now;
    now += 6 * MINUTE;
    await each(from, now);
    await tick();
  }
}

async function tick(): Promise<void> {
  for (const job of ['models', 'incidents', 'watch']) await tilt.app.runJob(job);
  await tilt.app.deliver();
}

async function firing(): Promise<string[]> {
  const { body } = await tilt.json('GET', '/api/v1/alerts?state=firing');
  return body.items.map(({ model, kind }: { model: string; kind: string }) => `${model} ${kind}`);
}

const troubles = async (): Promise<string[]> =>
  (await tilt.json('GET', '/api/v1/status')).body.troubles.map(
    ({ sentence }: { sentence: string }) => sentence,
  );

async function counted(): Promise<Map<string, number>> {
  const { body } = await tilt.json('GET', '/api/v1/models');
  return new Map(
    body.items.map(({ id, predictions }: { id: string; predictions: number }) => [id, predictions]),
  );
}

const SLEPT = 'No server of Tiltmeter was running for 8 h, from 2026-03-20 00:10 UTC to 2026-03-20 08:10 UTC';

test('a machine that slept for eight hours goes on at once; nobody is blamed for the time, what is true is told once', async () => {
  await send(BEGIN, NIGHT);
  await tick();
  await awake(2 * HOUR);
  expect(told).toEqual([]);

  now += 8 * HOUR;
  await tick();
  expect(await troubles()).toEqual([SLEPT]);
  await awake(18 * MINUTE);
  expect(await counted()).toEqual(sent);
  await awake(3 * HOUR);
  expect(await firing()).toEqual([]);
  expect(await counted()).toEqual(sent);
  // the newest closed bucket is judged
  const judged = await tilt.app.ctx.ledger.selectFrom('judgements').select('evaluated_to').execute();
  expect(judged.map(({ evaluated_to }) => evaluated_to)).toEqual(
    MODELS.map(() => Date.parse('2026-03-20T11:00:00Z')),
  );

  // One of the callers has not come back after all: that is true, and told once.
  await awake(4 * HOUR, (from, to) => send(from, to, ['credit']));
  expect((await firing()).filter((alert) => !alert.startsWith('fraud'))).toEqual([]);
  expect(await firing()).toContain('fraud freshness');
  expect(told).toEqual([
    `opened: ${SLEPT}`,
    expect.stringMatching(/^opened: Far fewer predictions/),
    expect.stringMatching(/^priority_raised: No predictions arriving/),
  ]);
});

test('what senders kept for the eight hours is taken afterwards and counted where it belongs', async () => {
  await send(BEGIN, NIGHT);
  await tick();
  await awake(2 * HOUR);
  const slept = now;
  now += 8 * HOUR;
  await tick();
  await send(slept, now);
  await awake(3 * HOUR);
  expect(await counted()).toEqual(sent);
  expect(await firing()).toEqual([]);
  expect(told).toEqual([`opened: ${SLEPT}`]);
});

test('a clock that goes back eight hours holds up nothing and tells nothing twice', async () => {
  await send(BEGIN, NIGHT);
  await tick();
  // One caller is gone: an incident is open.
  await awake(5 * HOUR, (from, to) => send(from, to, ['credit']));
  const before = [...told];
  expect(before).toEqual([
    expect.stringMatching(/^opened: Far fewer predictions/),
    expect.stringMatching(/^priority_raised: No predictions arriving/),
  ]);
  const incidents = async () => (await tilt.json('GET', '/api/v1/incidents?model=fraud')).body.items.length;
  expect(await incidents()).toBe(1);

  now -= 8 * HOUR;
  await tick();
  const rows = Array.from({ length: 30 }, (_, i) => ({
    model: 'credit',
    id: `after-${i}`,
    time: now - i * MINUTE,
    features: { amount: i },
    prediction: 'no',
    latency_ms: 11,
  }));
  await tilt.json('POST', '/api/v1/predictions', rows);
  sent.set('credit', sent.get('credit')! + rows.length);
  now += 5 * MINUTE;
  await tick();
  expect(await counted()).toEqual(sent);
  await awake(HOUR, async () => {});
  expect(await incidents()).toBe(1);
  // What people are told is that the clock was set back, and nothing of the models twice.
  const behind = expect.stringMatching(/^The clock of a server is [78] h behind what arrived before: /);
  expect(await troubles()).toEqual([behind]);
  const set = [...before, expect.stringMatching(/^opened: The clock of a server is 8 h behind/)];
  expect(told).toEqual(set);

  // The clock is put right again: it goes on where it was.
  now += 7 * HOUR + 55 * MINUTE - HOUR;
  await awake(2 * HOUR, (from, to) => send(from, to, ['credit']));
  expect(await counted()).toEqual(sent);
  expect(await troubles()).toEqual([]);
  expect(told).toEqual([...set, expect.stringMatching(/^resolved: The clock of a server/)]);
});
