import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';

let dataDir: string;
let tilt: TestApp;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tiltmeter-test-'));
  tilt = await startTestApp({ dataDir });
});
afterEach(async () => {
  await tilt.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function restart(): Promise<void> {
  await tilt.stop();
  tilt = await startTestApp({ dataDir });
}

async function count(model: string): Promise<number> {
  return (await tilt.json('GET', `/api/v1/models/${model}`)).body.predictions;
}

async function keyed(kind: string, key: string, body: unknown) {
  const reply = await fetch(`${tilt.address}/api/v1/${kind}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${tilt.adminKey}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: JSON.stringify(body),
  });
  // biome-ignore lint/suspicious/noExplicitAny: receipts and errors
  return { status: reply.status, body: (await reply.json()) as any };
}

test('duplicates are dropped across restarts, before and after the filter is filled', async () => {
  const events = Array.from({ length: 300 }, (_, i) => ({ model: 'm', id: `id-${i}`, features: { a: i } }));
  expect((await tilt.json('POST', '/api/v1/predictions', events)).body.stored).toBe(300);
  await restart();
  const repeated = await tilt.json('POST', '/api/v1/predictions', [...events, { ...events[0], id: 'new' }]);
  expect(repeated.body).toMatchObject({ received: 301, stored: 1, duplicates: 300 });
  const again = await tilt.json('POST', '/api/v1/predictions', events);
  expect(again.body).toMatchObject({ stored: 0, duplicates: 300 });
  expect(await count('m')).toBe(301);
});

test('a ledger that is new beside a lake that is not: what the lake has is not stored again', async () => {
  const events = Array.from({ length: 20 }, (_, i) => ({ model: 'old', id: `id-${i}`, features: { a: i } }));
  await tilt.json('POST', '/api/v1/predictions', events);
  await tilt.stop();
  for (const name of ['ledger.db', 'ledger.db-wal', 'ledger.db-shm'])
    await rm(join(dataDir, name), { recursive: true, force: true });
  tilt = await startTestApp({ dataDir });
  expect((await tilt.json('GET', '/api/v1/models')).body.items).toEqual([]);
  const repeated = await tilt.json('POST', '/api/v1/predictions', [...events, { ...events[0], id: 'new' }]);
  expect(repeated.body).toMatchObject({ stored: 1, duplicates: 20 });
  expect((await tilt.json('GET', '/api/v1/models/old/predictions?limit=100')).body.items).toHaveLength(21);
});

test('the same events sent many times at once are stored once', async () => {
  const events = Array.from({ length: 50 }, (_, i) => ({ model: 'race', id: `id-${i}`, features: { a: i } }));
  const replies = await Promise.all(
    Array.from({ length: 20 }, () => tilt.json('POST', '/api/v1/predictions', events)),
  );
  const stored = replies.map(({ body }) => body.stored as number).reduce((sum, n) => sum + n);
  expect(stored).toBe(50);
  expect(await count('race')).toBe(50);
});

test('a request with an Idempotency-Key may be repeated, also after a restart', async () => {
  const events = [{ model: 'keyed', prediction: 1 }, { model: 'keyed', prediction: 2 }, { model: '/' }];
  const first = await keyed('predictions', 'k1', events);
  expect(first.body).toMatchObject({ received: 3, stored: 2, rejected_total: 1 });
  expect(await keyed('predictions', 'k1', events)).toEqual(first);
  await restart();
  expect(await keyed('predictions', 'k1', events)).toEqual(first);
  expect(await count('keyed')).toBe(2);
  const other = await keyed('predictions', 'k1', [{ model: 'keyed', prediction: 3 }]);
  expect([other.status, other.body.error.code]).toEqual([422, 'idempotency_mismatch']);
  // The same key for another kind of event is another request.
  expect((await keyed('labels', 'k1', { model: 'keyed', id: 'x', label: 1 })).body.stored).toBe(1);
});

test('a try that was cut off after the write stores nothing twice', async () => {
  const events = [
    { model: 'cut', prediction: 1 },
    { model: 'cut', prediction: 2 },
  ];
  const outcomes = [{ model: 'cut', metric: 'revenue', value: 1 }];
  const changes = [{ kind: 'deploy', title: 'x' }];
  const stages = [{ model: 'cut', stage: 'training', attributes: { a: 1 } }];
  const sends = [
    ['predictions', events],
    ['outcomes', outcomes],
    ['changes', changes],
    ['stages', stages],
  ] as const;
  for (const [kind, body] of sends) await keyed(kind, 'cut', body);
  // What a crash between the write and the receipt leaves behind.
  await tilt.app.ctx.ledger.updateTable('idempotency').set({ receipt: null }).execute();
  await restart();
  for (const [kind, body] of sends) {
    expect((await keyed(kind, 'cut', body)).body).toMatchObject({ stored: 0, duplicates: body.length });
  }
  expect(await count('cut')).toBe(2);
  expect((await tilt.json('GET', '/api/v1/changes')).body.items).toHaveLength(1);
});

test('a later label replaces the earlier one', async () => {
  await tilt.json('POST', '/api/v1/predictions', { model: 'l', id: 'a', prediction: 'yes' });
  for (const label of ['no', 'no', 'yes'])
    await tilt.json('POST', '/api/v1/labels', { model: 'l', id: 'a', label });
  const record = await tilt.json('GET', '/api/v1/models/l/predictions/a');
  expect(record.body.label.value).toBe('yes');
  await tilt.app.runJob('models');
  expect((await tilt.json('GET', '/api/v1/models/l')).body.labels).toBe(1);
});
