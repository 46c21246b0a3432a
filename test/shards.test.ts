import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type ClickHouseServer,
  startClickHouseServer,
} from '../server/store/lake/testing/clickhouse-server.ts';
import { random, randomNormal } from '../stats/random.ts';
import { startTestApp, type TestApp } from './app.ts';

/** The same days of one model, sent to a lake on one machine and to one over two shards: every answer is the same. */

const HOUR = 3_600_000;
const START = Date.UTC(2026, 2, 1);
const END = START + 5 * 24 * HOUR;
const BROKEN = END - 24 * HOUR;

let dir: string;
let server: ClickHouseServer;
let apps: readonly [TestApp, TestApp];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tiltmeter-shards-'));
  server = await startClickHouseServer({ dir, shards: 2 });
  const events = days();
  const lived = (lake: { lakeUrl?: string }) => live(lake, events);
  apps = [await lived({}), await lived({ lakeUrl: server.url })];
});
afterAll(async () => {
  for (const app of apps ?? []) await app.stop();
  await server?.close();
  await rm(dir, { recursive: true, force: true });
});

async function live(lake: { lakeUrl?: string }, { predictions, labels }: ReturnType<typeof days>) {
  let now = END + HOUR;
  const app = await startTestApp({ ...lake, clock: () => now });
  const send = async (kind: string, rows: readonly unknown[]) => {
    for (let i = 0; i < rows.length; i += 2_000)
      expect((await app.json('POST', `/api/v1/${kind}`, rows.slice(i, i + 2_000))).status).toBe(200);
  };
  await send('predictions', predictions);
  await send('predictions', predictions.slice(0, 100));
  await send('labels', labels);
  await send(
    'labels',
    labels.slice(0, 50).map((label) => ({ ...label, label: 'deny' })),
  );
  await send('changes', [{ model: 'loans', time: BROKEN, kind: 'deploy', title: 'v2', version: '2' }]);
  await send('outcomes', [{ model: 'loans', time: BROKEN, metric: 'revenue', value: 3, id: 'p0' }]);
  await app.json('POST', '/api/v1/predictions', [
    { model: 'loans', id: 'bad', time: 'never', features: { age: 1 } },
    { model: 'loans', id: 'good', time: START, features: { age: 40, income: 'much' }, prediction: 'deny' },
  ]);
  for (let i = 0; i < 3; i++) {
    now += 400_000;
    await app.app.runJob('models');
    await app.app.runJob('incidents');
  }
  return app;
}

function days() {
  const next = random(7);
  const predictions: { id: string; time: number }[] = [];
  const labels: object[] = [];
  for (let time = START; time < END; time += HOUR / 15) {
    const age = 40 + 10 * randomNormal(next);
    const broken = time >= BROKEN;
    const prediction = age > 35 ? 'approve' : 'deny';
    const id = `p${predictions.length}`;
    predictions.push({
      model: 'loans',
      id,
      time,
      version: broken ? '2' : '1',
      features: {
        age,
        income: broken && next() < 0.4 ? null : Math.exp(randomNormal(next)),
        country: next() < 0.7 ? 'FR' : 'DE',
      },
      prediction,
      score: 1 / (1 + Math.exp(-(age - 35) / 5)),
      latency_ms: 10 + Math.abs(randomNormal(next)),
    } as { id: string; time: number });
    if (next() < 0.8)
      labels.push({ model: 'loans', id, time: time + HOUR, label: next() < 0.9 ? prediction : 'deny' });
  }
  return { predictions, labels };
}

/** What is made anew in each app: ids, and moments at which something was written. */
const OWN =
  /^(id|.*_id|monitor|created_at|updated_at|opened_at|resolved_at|since|known_at|received_at|at|definition|reference|url|next_cursor|incident|alerts)$/;

function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value === 'number') return Number(value.toPrecision(9));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !OWN.test(key))
      .map(([key, inner]) => [key, comparable(inner)]),
  );
}

const range = `from=${START}&to=${END}`;
test.each([
  '/api/v1/models',
  '/api/v1/models/loans',
  '/api/v1/models/loans/columns',
  `/api/v1/models/loans/columns/income/distribution?${range}`,
  `/api/v1/models/loans/columns/country/distribution?${range}`,
  `/api/v1/models/loans/columns/income/timeline?${range}`,
  `/api/v1/models/loans/signals?${range}`,
  `/api/v1/models/loans/predictions?${range}&limit=50`,
  `/api/v1/models/loans/predictions?${range}&country=DE&limit=20`,
  '/api/v1/models/loans/predictions/p17',
  '/api/v1/models/loans/references',
  '/api/v1/incidents?model=loans',
  '/api/v1/alerts?model=loans&limit=500',
  '/api/v1/changes',
  '/api/v1/rejects',
])('%s', async (path) => {
  const [one, sharded] = await Promise.all(apps.map((app) => app.json('GET', path)));
  expect(one!.status).toBe(200);
  const sorted = (body: unknown) => {
    const plain = comparable(body) as { items?: object[] };
    // what has no order of its own comes in that of its id
    return plain.items ? { ...plain, items: plain.items.map((item) => JSON.stringify(item)).sort() } : plain;
  };
  expect(sorted(sharded!.body)).toEqual(sorted(one!.body));
});

test('something was found, so that there was something to compare', async () => {
  const { body } = await apps[1].json('GET', '/api/v1/incidents?model=loans');
  expect(body.items.length).toBeGreaterThan(0);
  expect((await apps[1].json('GET', '/api/v1/models/loans')).body).toMatchObject({ predictions: 1801 });
});

test('rows are on both shards, and those of one model that replace one another on one', async () => {
  const count = (table: string) =>
    apps[1].app.ctx.lake.query<{ shard: number; n: number }>(
      `SELECT shardNum() AS shard, count() AS n FROM ${table} GROUP BY shard ORDER BY shard`,
    );
  expect(await count('tiltmeter.predictions_loans')).toHaveLength(2);
  expect(await count('tiltmeter.labels')).toHaveLength(1);
  expect(await count('tiltmeter.profiles')).toHaveLength(1);
});
