import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../app.ts';
import { freePort } from '../free-port.ts';
import { until } from '../until.ts';

const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-prometheus-'));
const port = await freePort();
let prometheus: ChildProcess | undefined;
let tilt: TestApp;

afterAll(async () => {
  await stop();
  await tilt?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A real Prometheus that scrapes itself once a second, and sends on what it scraped. */
function start(): void {
  prometheus = spawn(
    '/usr/bin/prometheus',
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  );
}

async function stop(): Promise<void> {
  if (prometheus === undefined) return;
  const ended = once(prometheus, 'exit');
  prometheus.kill('SIGTERM');
  await ended;
  prometheus = undefined;
}

const config = (address: string, key: string) => `
global: { scrape_interval: 1s, external_labels: { tiltmeter_model: churn } }
scrape_configs:
  - job_name: churn-api
    static_configs: [{ targets: ['127.0.0.1:${port}'] }]
remote_write:
  - url: ${address}/api/v1/write
    basic_auth: { username: prometheus, password: ${key} }
    metadata_config: { send_interval: 2s }
    queue_config: { min_backoff: 100ms, max_backoff: 500ms, batch_send_deadline: 500ms }
`;

const query = (sql: string) => tilt.app.ctx.lake.query<{ n: number; at: number }>(sql);

/** What Prometheus says itself. */
async function ask(promql: string): Promise<number> {
  const reply = await fetch(`http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(promql)}`);
  const { data } = (await reply.json()) as { data: { result: { value: [number, string] }[] } };
  return Number(data.result[0]?.value[1] ?? 0);
}

test('the real Prometheus: what it scraped while Tiltmeter was away is there afterwards, each sample once', async () => {
  const dataDir = join(folder, 'tiltmeter');
  const listen = await freePort();
  tilt = await startTestApp({ dataDir, port: listen });
  writeFileSync(join(folder, 'prometheus.yml'), config(tilt.address, tilt.adminKey));
  start();
  const UP = `SELECT count() AS n, uniqExact(TimeUnix) AS at FROM tiltmeter.metric_samples WHERE Flags = 0 AND Series IN
    (SELECT Series FROM tiltmeter.metric_series WHERE MetricName = 'up' AND ServiceName = 'churn-api' AND Model = 'churn')`;
  await until(async () => (await query(UP))[0]!.n >= 3);
  // Metadata comes by itself in version 1.
  await until(async () => {
    const said =
      "MetricName = 'prometheus_http_request_duration_seconds_bucket' AND MetricType = 'histogram'";
    return (await query(`SELECT count() AS n FROM tiltmeter.metric_series WHERE ${said}`))[0]!.n > 0;
  });

  await tilt.app.stop();
  const scraped = () => ask('count_over_time(up[1h])');
  const before = await scraped();
  await until(async () => (await scraped()) >= before + 3);
  tilt = await startTestApp({ dataDir, port: listen });
  const target = (await scraped()) + 1;
  await until(async () => (await query(UP))[0]!.n >= target);
  const [stored] = await query(UP);
  expect(stored!.n).toBe(stored!.at);

  // Prometheus itself knows of none that was given up.
  expect(await ask('sum(prometheus_remote_storage_samples_failed_total)')).toBe(0);
  expect(await ask('sum(prometheus_remote_storage_samples_dropped_total)')).toBe(0);

  await stop();
}, 120_000);
