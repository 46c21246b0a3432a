import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startClickHouseServer } from '../server/store/lake/testing/clickhouse-server.ts';
import { startTestPostgres, type TestPostgres } from '../server/store/ledger/testing/postgres.ts';
import { TEST_SECRET } from '../server/vault.testing.ts';
import { startTestApp, type TestApp } from './app.ts';

const DAY = 86_400_000;
const MORNING = Date.UTC(2026, 11, 14, 8);
const CHANNELS = 3;

let folder: string;
let lake: Awaited<ReturnType<typeof startClickHouseServer>>;
let postgres: TestPostgres;
let now = MORNING - DAY;
const servers: TestApp[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tiltmeter-two-digests-'));
  lake = await startClickHouseServer({ dir: join(folder, 'shared'), user: 'u', password: 'p' });
  postgres = await startTestPostgres();
  const stores = { lakeUrl: lake.url, ledgerUrl: await postgres.createDatabase(), secretKey: TEST_SECRET };
  // The second clock is two seconds behind.
  for (const behind of [0, 2_000])
    servers.push(await startTestApp({ ...stores, clock: () => now - behind, allowPrivateAddresses: true }));
}, 120_000);
afterAll(async () => {
  for (const server of servers) await server.stop();
  await lake?.close();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

const digests = () =>
  servers[0]!.app.ctx.ledger
    .selectFrom('outbox')
    .select(['channel', 'raised_to'])
    .where('event', '=', 'digest')
    .execute();

test('two servers of one ledger, whichever has the lease or is gone: one digest for each channel and day', async () => {
  const [one, two] = servers as [TestApp, TestApp];
  for (let i = 0; i < CHANNELS; i++) {
    const channel = {
      kind: 'slack',
      name: `chat ${i}`,
      options: { address: 'http://127.0.0.1:9/x' },
      tells: 'digests',
    };
    const { status, body } = await one.json('POST', '/api/v1/channels', channel);
    expect([status, body.error]).toEqual([201, undefined]);
    const every = await one.json('PUT', `/api/v1/channels/${body.id}/digests/daily`, {
      days: [0, 1, 2, 3, 4, 5, 6],
      at: '08:00',
    });
    expect(every.status).toBeLessThan(300);
  }
  // Who has not the lease is told so by its own job, which decides nothing then.
  const look = () => Promise.all([one, two].map(({ app }) => app.runJob('digests').catch(() => {})));
  for (let day = 1; day <= 3; day++) {
    now = MORNING + (day - 1) * DAY + 5_000;
    for (let times = 0; times < 4; times++) await look();
    expect(await digests()).toHaveLength(day * CHANNELS);
  }
  // The one that held the lease stops in the night: the other tells the fourth day.
  await one.app.stop();
  now = MORNING + 3 * DAY + 60_000;
  const told = () =>
    two.app.ctx.ledger.selectFrom('outbox').select('id').where('event', '=', 'digest').execute();
  for (let times = 0; times < 4; times++) await two.app.runJob('digests').catch(() => {});
  expect(await told()).toHaveLength(4 * CHANNELS);
}, 120_000);
