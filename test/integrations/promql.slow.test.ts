import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TelemetrySeries } from '../../contract/telemetry.ts';
import { startTestApp, type TestApp } from '../app.ts';
import { freePort } from '../free-port.ts';
import { until } from '../until.ts';

/** The real Prometheus, which scrapes a service of churn that we write; Tiltmeter gets nothing of it but what it asks for. */
const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-promql-'));
let port: number;
let prometheus: ChildProcess | undefined;
let service: Server;
let tilt: TestApp;
let requests = 0;
/** Moves on while the test goes on: every scrape finds more. */
const exposition = () => {
  requests += 10;
  const counts = `status="200"} ${0.8 * requests}`;
  const failed = `status="503"} ${0.2 * requests}`;
  const family = 'http_request_duration_seconds';
  return [
    'process_resident_memory_bytes 200000000',
    `${family}_bucket{le="0.1",${counts}`,
    `${family}_bucket{le="+Inf",${counts}`,
    `${family}_count{${counts}`,
    `${family}_bucket{le="0.1",${failed}`,
    `${family}_bucket{le="+Inf",${failed}`,
    `${family}_count{${failed}`,
    'queue_length{shard="a"} 3',
    'queue_length{shard="b"} 5',
    '',
  ].join('\n');
};

beforeAll(async () => {
  port = await freePort();
  service = createServer((_, reply) => reply.end(exposition()));
  await once(service.listen(0, '127.0.0.1'), 'listening');
  const target = (service.address() as AddressInfo).port;
  writeFileSync(
    join(folder, 'prometheus.yml'),
    `global: { scrape_interval: 1s }
scrape_configs:
  - { job_name: churn, static_configs: [{ targets: ['127.0.0.1:${target}'] }] }
  - { job_name: other, static_configs: [{ targets: ['127.0.0.1:${port}'] }] }
`,
  );
  await start();
  tilt = await startTestApp({
    prometheus: {
      url: `http://127.0.0.1:${port}/`,
      own: [
        {
          id: 'queue',
          layer: 'serving',
          title: 'Queue',
          unit: 'requests',
          query: 'avg_over_time(queue_length{job=~"$services"}[$step])',
        },
      ],
    },
  });
  for (const id of ['churn', 'silent'])
    expect((await tilt.json('POST', '/api/v1/models', { id, bucket_ms: 60_000 })).status).toBe(201);
});
afterAll(async () => {
  await stop();
  await tilt?.stop();
  service?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<void> {
  prometheus = spawn(
    '/usr/bin/prometheus',
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  );
  await until(
    async () => (await fetch(`http://127.0.0.1:${port}/-/ready`).catch(() => undefined))?.ok === true,
  );
}
async function stop(): Promise<void> {
  if (prometheus === undefined) return;
  const ended = once(prometheus, 'exit');
  prometheus.kill('SIGTERM');
  await ended;
  prometheus = undefined;
}

const telemetry = async (model: string) =>
  (await tilt.json('GET', `/api/v1/models/${model}/telemetry?from=${Date.now() - 1_800_000}`)).body as {
    series: TelemetrySeries[];
    prometheus_away: { since: string; sentence: string } | null;
  };
const row = async (id: string) => (await telemetry('churn')).series.find((series) => series.id === id);
const newest = async (id: string) => (await row(id))?.points.at(-1);

test('what it scraped of the service of a model is in the rows of that model, and of no other', async () => {
  await until(async () => ((await newest('request_rate'))?.n ?? 0) > 30);
  const memory = await row('memory');
  expect(memory).toMatchObject({
    layer: 'infrastructure',
    unit: 'MB',
    metric: 'process_resident_memory_bytes',
  });
  expect(memory!.points.at(-1)).toMatchObject({ value: 200, low: 200, high: 200 });
  expect((await newest('answering'))!.value).toBe(1);
  expect((await newest('server_errors'))!.value).toBeCloseTo(0.2, 6);
  expect((await newest('latency_p95'))!.value).toBeCloseTo(95, 6);
  // Two shards: their mean, with the lowest and the highest.
  expect(await newest('queue')).toMatchObject({ value: 4, low: 3, high: 5 });
  // Whole steps, as copied metrics have them.
  expect(Date.parse(memory!.points[0]!.time) % 300_000).toBe(0);
  expect((await telemetry('silent')).series).toEqual([]);
});

test('one that is away is told, nothing else fails, and it is read again once it is there', async () => {
  await stop();
  await until(async () => (await telemetry('churn')).prometheus_away !== null);
  const { series, prometheus_away } = await telemetry('churn');
  expect(series).toEqual([]);
  expect(prometheus_away!.sentence).toMatch(/^Prometheus could not be read: ECONNREFUSED/);
  expect((await tilt.json('GET', '/api/v1/models/churn')).status).toBe(200);
  await start();
  await until(async () => (await telemetry('churn')).prometheus_away === null);
  expect((await row('memory'))!.points.length).toBeGreaterThan(0);
});

test('a query that is no PromQL is told with what is wrong, and takes no other row with it', async () => {
  const query = 'queue_length{job="$services"';
  const own = [{ id: 'wrong', layer: 'serving', title: 'Wrong', unit: '', query }] as const;
  const other = await startTestApp({ prometheus: { url: `http://127.0.0.1:${port}`, own } });
  try {
    await other.json('POST', '/api/v1/models', { id: 'churn' });
    const from = Date.now() - 1_800_000;
    const { body } = await other.json('GET', `/api/v1/models/churn/telemetry?from=${from}`);
    expect(body.series.map(({ id }: TelemetrySeries) => id)).toContain('memory');
    expect(body.prometheus_away.sentence).toMatch(/^Prometheus could not be read: .*parse error/);
  } finally {
    await other.stop();
  }
});

test('what it has is judged: a model has monitors of its service, and requests answered with 5xx are a signal of each bucket', async () => {
  const now = Date.now();
  const predictions = Array.from({ length: 60 }, (_, i) => ({
    ...{ model: 'churn', id: `p${i}`, prediction: 'yes', features: { age: i } },
    time: new Date(now - 240_000 + i * 4000).toISOString(),
  }));
  expect((await tilt.json('POST', '/api/v1/predictions', predictions)).body.stored).toBe(60);
  await until(async () => {
    await tilt.app.runJob('models');
    const { body } = await tilt.json('GET', '/api/v1/models/churn/signals?kind=served_requests');
    const errors = body.items?.find(({ metric }: { metric: string }) => metric === 'server_errors');
    const told = errors?.points.filter(({ value }: { value: number | null }) => value !== null) ?? [];
    return told.length > 0 && Math.abs(told.at(-1).value - 0.2) < 0.01;
  });
  const { body } = await tilt.json('GET', '/api/v1/monitors?model=churn&limit=100');
  expect(body.items.map(({ kind }: { kind: string }) => kind)).toContain('served_requests');
}, 300_000);
