import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type ClickHouseServer,
  startClickHouseServer,
} from '../server/store/lake/testing/clickhouse-server.ts';
import { startTestPostgres, type TestPostgres } from '../server/store/ledger/testing/postgres.ts';
import { startTestApp } from './app.ts';
import { until } from './until.ts';

let dir: string;
let lake: ClickHouseServer;
let postgres: TestPostgres;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tiltmeter-cluster-'));
  lake = await startClickHouseServer({ dir, user: 'u', password: 'p' });
  postgres = await startTestPostgres();
}, 60_000);
afterAll(async () => {
  await lake?.close();
  await postgres?.stop();
  await rm(dir, { recursive: true, force: true });
});

const event = (id: string) => ({
  model: 'm',
  id,
  features: { x: 1, y: 'é' },
  tags: { k: 'v' },
  time: '2026-01-01T00:00:00Z',
});

test('two servers on one lake and one ledger: what one stored, the other knows', async () => {
  const stores = { lakeUrl: lake.url, ledgerUrl: await postgres.createDatabase() };
  const one = await startTestApp(stores);
  try {
    const send = (to: typeof one, ...ids: string[]) => to.json('POST', '/api/v1/predictions', ids.map(event));
    expect((await send(one, 'a')).body).toMatchObject({ stored: 1 });
    expect((await one.json('POST', '/api/v1/labels', { model: 'm', id: 'a', label: 1 })).body).toMatchObject({
      stored: 1,
    });
    const two = await startTestApp(stores);
    try {
      // stored before the other came, and a moment ago
      expect((await send(two, 'a', 'b')).body).toMatchObject({ stored: 1, duplicates: 1 });
      expect((await send(one, 'b', 'c')).body).toMatchObject({ stored: 1, duplicates: 1 });
      // stored so long ago that it was read since
      const read = () => one.app.ingest.knownIds().count >= 3 && two.app.ingest.knownIds().count >= 3;
      await until(read);
      expect((await send(two, 'a', 'b', 'c')).body).toMatchObject({ stored: 0, duplicates: 3 });
      expect((await send(one, 'a', 'b', 'c')).body).toMatchObject({ stored: 0, duplicates: 3 });
    } finally {
      await two.stop();
    }
    const record = await one.json('GET', '/api/v1/models/m/predictions/a');
    expect(record.body).toMatchObject({ features: { x: 1, y: 'é' }, tags: { k: 'v' }, label: { value: 1 } });
    expect((await one.json('GET', '/api/v1/models/m/predictions')).body.items).toHaveLength(3);
  } finally {
    await one.stop();
  }
});

test('servers whose clocks are 30 s apart: what either stores is there at once, and the one that is behind says so', async () => {
  const stores = { lakeUrl: lake.url, ledgerUrl: await postgres.createDatabase() };
  const one = await startTestApp(stores);
  const two = await startTestApp({ ...stores, clock: () => Date.now() - 30_000 });
  try {
    for (const [to, id] of [
      [one, 'skew-a'],
      [two, 'skew-b'],
    ] as const) {
      const sent = { ...event(id), model: 'skew', time: undefined };
      expect((await to.json('POST', '/api/v1/predictions', [sent])).body).toMatchObject({ stored: 1 });
      await until(async () => {
        await one.app.runJob('models');
        const { body } = await one.json('GET', '/api/v1/models/skew');
        return body.predictions === (id === 'skew-a' ? 1 : 2);
      });
    }
    await two.app.runJob('watch');
    for (const server of [one, two]) {
      const { troubles } = (await server.json('GET', '/api/v1/status')).body;
      expect(troubles).toContainEqual(
        expect.objectContaining({
          kind: 'clock',
          sentence: expect.stringMatching(/^The clock of a server is [23]\d s behind what arrived before: /),
        }),
      );
    }
  } finally {
    await two.stop();
    await one.stop();
  }
});

test('servers that share a lake share a ledger', async () => {
  await expect(startTestApp({ lakeUrl: lake.url, sharedLake: true })).rejects.toMatchObject({
    code: 'invalid_option',
    message: expect.stringContaining('TILTMETER_LEDGER_URL'),
  });
});
