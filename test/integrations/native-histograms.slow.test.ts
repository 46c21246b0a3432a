import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../app.ts';
import { freePort } from '../free-port.ts';
import { until } from '../until.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-native-'));
const port = await freePort();
let prometheus: ChildProcess;
let tilt: TestApp;

/** A Prometheus scrapes its own native histograms, under the name that is known of requests, and sends them on. */
const config = (address: string, key: string) => `
global: { scrape_interval: 1s, external_labels: { tiltmeter_model: churn } }
scrape_configs:
  - job_name: churn-api
    static_configs: [{ targets: ['127.0.0.1:${port}'] }]
    metric_relabel_configs:
      - { source_labels: [__name__], regex: 'prometheus_http_request_duration_seconds(.*)', target_label: __name__, replacement: 'http_request_duration_seconds$1' }
remote_write:
  - url: ${address}/api/v1/write
    send_native_histograms: true
    authorization: { credentials: ${key} }
    queue_config: { batch_send_deadline: 500ms }
`;

beforeAll(async () => {
  tilt = await startTestApp();
  await tilt.json('POST', '/api/v1/predictions', { model: 'churn', id: 'a', prediction: 1 });
});
afterAll(async () => {
  const ended = once(prometheus, 'exit');
  prometheus.kill('SIGKILL');
  await ended;
  await tilt.stop();
  rmSync(folder, { recursive: true, force: true });
});

const lake = <Row extends object>(sql: string) => tilt.app.ctx.lake.query<Row>(sql);

async function ask(query: string): Promise<number> {
  const reply = await fetch(`http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(query)}`);
  const { data } = (await reply.json()) as { data: { result: { value: [number, string] }[] } };
  return Number(data.result[0]?.value[1]);
}

test('native histograms of the real Prometheus, scraped and sent on by it: percentiles within its buckets', async () => {
  writeFileSync(join(folder, 'prometheus.yml'), config(tilt.address, tilt.adminKey));
  prometheus = spawn(
    '/usr/bin/prometheus',
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--enable-feature=native-histograms',
    ],
    { stdio: 'ignore' },
  );
  const STORED = `SELECT count() AS n, max(Count) AS most, max(length(PositiveIndexes)) AS buckets, any(Schema) AS schema FROM tiltmeter.metric_histograms
    WHERE Flags = 0 AND Series IN (SELECT Series FROM tiltmeter.metric_series WHERE MetricName = 'http_request_duration_seconds')`;
  await until(async () => {
    await ask('up').catch(() => 0);
    return (await lake<{ n: number }>(STORED))[0]!.n >= 10;
  });
  const [stored] = await lake<{ buckets: number; schema: number }>(STORED);
  expect(stored!.buckets).toBeGreaterThan(1);
  expect(stored!.schema).toBeGreaterThanOrEqual(3);
  // Of each series what it has counted in all: as much here as there.
  const counted = `SELECT sum(last) AS n FROM (SELECT argMax(Count, TimeUnix) AS last FROM tiltmeter.metric_histograms GROUP BY Series)`;
  await until(async () => {
    const there = await ask('histogram_count(sum(http_request_duration_seconds))');
    const [here] = await lake<{ n: number }>(counted);
    return there > 10 && there === here!.n;
  });
}, 120_000);

const PYTHON = `
import sys
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.view import View, ExponentialBucketHistogramAggregation
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
reader = PeriodicExportingMetricReader(OTLPMetricExporter(), export_interval_millis=1e9)
meters = MeterProvider([reader], resource=Resource.create({"service.name": "loans", "service.instance.id": sys.argv[1]}),
    views=[View(instrument_name="http.server.request.duration", aggregation=ExponentialBucketHistogramAggregation(max_size=160))])
took = meters.get_meter("loans").create_histogram("http.server.request.duration", "s")
took.record(0.02, {"http.response.status_code": 200})
reader.force_flush()
input()
scale = float(sys.argv[1])
for i in range(1, 1001):
    took.record(scale * i / 1000, {"http.response.status_code": 503 if i % 10 == 0 else 200})
meters.shutdown()
`;

test("exponential histograms of two processes of OpenTelemetry's SDK: percentiles of both together, as exact as their buckets", async () => {
  await tilt.json('POST', '/api/v1/predictions', { model: 'loans', id: 'a', prediction: 1 });
  const venv = join(folder, 'venv');
  await run('python3', ['-m', 'venv', venv]);
  await run(join(venv, 'bin/pip'), [
    ...['install', '-q', 'opentelemetry-sdk', 'opentelemetry-exporter-otlp-proto-http'],
  ]);
  const environment = {
    ...process.env,
    OTEL_EXPORTER_OTLP_ENDPOINT: tilt.address,
    OTEL_EXPORTER_OTLP_HEADERS: `x-api-key=${tilt.adminKey}`,
  };
  const STEP = 900_000;
  // Of a day steps have a quarter of an hour: the processes begin in one and go on in the next.
  const children = ['1', '2'].map((scale) =>
    spawn(join(venv, 'bin/python'), ['-c', PYTHON, scale], {
      env: environment,
      stdio: ['pipe', 'ignore', 'inherit'],
    }),
  );
  const points =
    "SELECT count() AS n FROM tiltmeter.otel_metrics_exponential_histogram WHERE ServiceName = 'loans'";
  await until(async () => (await lake<{ n: number }>(points))[0]!.n === 2);
  // Moves what came so far into the step before.
  await tilt.app.ctx.lake.command(
    `INSERT INTO tiltmeter.otel_metrics_exponential_histogram SELECT * REPLACE (TimeUnix - toIntervalMillisecond(${STEP}) AS TimeUnix) FROM tiltmeter.otel_metrics_exponential_histogram WHERE ServiceName = 'loans'`,
  );
  const ended = children.map((child) => once(child, 'exit'));
  for (const child of children) child.stdin.write('\n');
  await Promise.all(ended);
  const { body } = await tilt.json('GET', '/api/v1/models/loans/telemetry');
  const series = new Map<string, { points: { value: number; low: number; high: number; n: number }[] }>(
    body.series.map((one: { id: string }) => [one.id, one]),
  );
  const last = (id: string) => series.get(id)!.points.at(-1)!;
  // Of values spread evenly over (0, 1] and over (0, 2]: half of them below 2/3, nineteen of twenty below 1.9.
  for (const [id, truth] of [
    ['latency_p50', 667],
    ['latency_p95', 1900],
  ] as const) {
    const { value, low, high } = last(id);
    expect(Math.abs(value / truth - 1)).toBeLessThan(0.02);
    expect(low).toBeLessThanOrEqual(1.01 * truth);
    expect(high).toBeGreaterThanOrEqual(0.99 * truth);
  }
  expect(last('server_errors').value).toBeCloseTo(0.1, 2);
}, 240_000);
