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
const [port, one, two] = [await freePort(), await freePort(), await freePort()];
const running: ChildProcess[] = [];
let tilt: TestApp;

/** Of a day steps have a quarter of an hour: senders begin in one and go on in the next. */
const STEP = 900_000;
/** Puts what came so far into the step before. */
const earlier = (table: string, where: string) =>
  tilt.app.ctx.lake.command(
    `INSERT INTO tiltmeter.${table} SELECT * REPLACE (TimeUnix - toIntervalMillisecond(${STEP}) AS TimeUnix) FROM tiltmeter.${table} WHERE ${where}`,
  );

const config = (address: string, key: string) => `
global: { scrape_interval: 1s, external_labels: { tiltmeter_model: churn } }
scrape_configs:
  - job_name: churn-api
    static_configs: [{ targets: ['127.0.0.1:${one}', '127.0.0.1:${two}'] }]
remote_write:
  - url: ${address}/api/v1/write
    send_native_histograms: true
    authorization: { credentials: ${key} }
    queue_config: { batch_send_deadline: 500ms }
`;

function start(command: string, ...args: string[]): void {
  running.push(spawn(command, args, { stdio: 'ignore' }));
}

beforeAll(async () => {
  tilt = await startTestApp();
  await tilt.json('POST', '/api/v1/predictions', { model: 'churn', id: 'a', prediction: 1 });
});
afterAll(async () => {
  for (const child of running) {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
  await tilt.stop();
  rmSync(folder, { recursive: true, force: true });
});

const lake = async (sql: string) => Number((await tilt.app.ctx.lake.query<{ n: number }>(sql))[0]!.n);

async function ask(query: string): Promise<number> {
  const reply = await fetch(`http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(query)}`);
  const { data } = (await reply.json()) as { data: { result: { value: [number, string] }[] } };
  return Number(data.result[0]?.value[1]);
}

interface Point {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}
/** The last point of each row of a model. */
async function lastOf(model: string): Promise<(id: string) => Point> {
  const { body } = await tilt.json('GET', `/api/v1/models/${model}/telemetry`);
  return (id) => body.series.find((series: { id: string }) => series.id === id).points.at(-1);
}
/** Of values spread evenly over (0, 1] and over (0, 2]: half of them are below 2/3, nineteen of twenty below 1.8. */
const TRUTH = [
  ['latency_p50', 0.5, 667],
  ['latency_p95', 0.95, 1800],
] as const;

test('native histograms of two services of Go, scraped and sent on by the real Prometheus: percentiles in the bucket that it has them in', async () => {
  const program = join(folder, 'client');
  await run('go', ['build', '-o', program, '.'], { cwd: join(import.meta.dirname, 'native-client') });
  start(program, `127.0.0.1:${one}`, '1');
  start(program, `127.0.0.1:${two}`, '2');
  const round = (at: number) => fetch(`http://127.0.0.1:${at}/round`).then((reply) => reply.text());
  for (const at of [one, two])
    await until(() =>
      round(at).then(
        () => true,
        () => false,
      ),
    );
  writeFileSync(join(folder, 'prometheus.yml'), config(tilt.address, tilt.adminKey));
  start(
    '/usr/bin/prometheus',
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--enable-feature=native-histograms',
  );
  const counted = () =>
    lake(
      'SELECT sum(last) AS n FROM (SELECT argMax(Count, TimeUnix) AS last FROM tiltmeter.metric_histograms WHERE Flags = 0 GROUP BY Series)',
    );
  await until(async () => (await counted()) === 2000);
  await earlier('metric_histograms', 'Flags = 0');
  for (let i = 0; i < 5; i++) for (const at of [one, two]) await round(at);
  await until(async () => (await counted()) === 12_000);
  await until(async () => (await ask('histogram_count(sum(http_request_duration_seconds))')) === 12_000);
  const last = await lastOf('churn');
  expect(last('latency_p95').n).toBe(10_000);
  expect(last('server_errors').value).toBeCloseTo(0.1, 6);
  for (const [id, quantile, truth] of TRUTH) {
    const { value, low, high } = last(id);
    expect(Math.abs(value / truth - 1)).toBeLessThan(0.01);
    const there = 1000 * (await ask(`histogram_quantile(${quantile}, sum(http_request_duration_seconds))`));
    expect(there).toBeGreaterThanOrEqual(low);
    expect(there).toBeLessThanOrEqual(high);
    // A factor of at most 1.1 from bound to bound.
    expect(high / low).toBeLessThan(1.1);
  }
}, 300_000);

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
for status in 200, 503:
    took.record(0.02, {"http.response.status_code": status})
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
  const children = ['1', '2'].map((scale) =>
    spawn(join(venv, 'bin/python'), ['-c', PYTHON, scale], {
      env: environment,
      stdio: ['pipe', 'ignore', 'inherit'],
    }),
  );
  const OWN = "ServiceName = 'loans'";
  const stored = `SELECT count() AS n FROM tiltmeter.otel_metrics_exponential_histogram WHERE ${OWN}`;
  await until(async () => (await lake(stored)) === 4);
  await earlier('otel_metrics_exponential_histogram', OWN);
  const ended = children.map((child) => once(child, 'exit'));
  for (const child of children) child.stdin.write('\n');
  await Promise.all(ended);
  const last = await lastOf('loans');
  expect(last('latency_p95').n).toBe(2000);
  for (const [id, , truth] of TRUTH) {
    const { value, low, high } = last(id);
    expect(Math.abs(value / truth - 1)).toBeLessThan(0.01);
    expect(low).toBeLessThanOrEqual(truth);
    expect(high).toBeGreaterThanOrEqual(truth);
  }
  expect(last('server_errors').value).toBeCloseTo(0.1, 6);
}, 240_000);
