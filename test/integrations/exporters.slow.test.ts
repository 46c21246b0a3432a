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
const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-exporters-'));
const running: ChildProcess[] = [];
const [node, client, prometheus] = [await freePort(), await freePort(), await freePort()];
let tilt: TestApp;

/** The one file that both read. */
const CONFIG = `
global: { scrape_interval: 1s, scrape_timeout: 1s }
scrape_configs:
  - job_name: node
    static_configs: [{ targets: ['127.0.0.1:${node}'], labels: { zone: b } }]
  - job_name: churn
    static_configs: [{ targets: ['127.0.0.1:${client}'], labels: { tiltmeter_model: churn } }]
`;

const CLIENT = `
import sys, time
from prometheus_client import Counter, Histogram, start_http_server
answered = Counter("answers", "Answers of the model.", ["instance"])
took = Histogram("http_request_duration_seconds", "How long it took.")
start_http_server(int(sys.argv[1]), addr="127.0.0.1")
while True:
    answered.labels("own").inc()
    took.observe(0.02)
    time.sleep(0.01)
`;

function start(command: string, ...args: string[]): ChildProcess {
  const child = spawn(command, args, { stdio: 'ignore' });
  running.push(child);
  return child;
}
async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
const startClient = () => start(join(folder, 'venv/bin/python'), '-c', CLIENT, String(client));

beforeAll(async () => {
  const file = join(folder, 'scrape.yml');
  writeFileSync(file, CONFIG);
  await run('python3', ['-m', 'venv', join(folder, 'venv')]);
  await run(join(folder, 'venv/bin/pip'), ['install', '-q', 'prometheus_client']);
  start('/usr/bin/prometheus-node-exporter', `--web.listen-address=127.0.0.1:${node}`);
  start(
    '/usr/bin/prometheus',
    `--config.file=${file}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${prometheus}`,
  );
  tilt = await startTestApp({ scrapeFile: file, scrapePrivateAddresses: true });
  await tilt.json('POST', '/api/v1/predictions', { model: 'churn', id: 'a', prediction: 1 });
}, 300_000);
afterAll(async () => {
  await tilt?.stop();
  await Promise.all(
    running.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null).map(stop),
  );
  rmSync(folder, { recursive: true, force: true });
});

const query = (sql: string) => tilt.app.ctx.lake.query<Record<string, string>>(sql);
/** Whether the last scrape of a job stored everything on its page. */
async function isUp(job: string): Promise<boolean> {
  await tilt.app.runJob('scrape');
  const { items } = (await tilt.json('GET', '/api/v1/scrape-targets')).body;
  return items.some((item: { job: string; state: string }) => item.job === job && item.state === 'up');
}

/** Series of a job as Prometheus has them, with all their labels. */
async function ofPrometheus(job: string): Promise<string[]> {
  const match = encodeURIComponent(`{job="${job}"}`);
  const reply = await fetch(`http://127.0.0.1:${prometheus}/api/v1/series?match[]=${match}`);
  const { data } = (await reply.json()) as { data: Record<string, string>[] };
  return data.map(({ __name__, job: _, instance: __, ...labels }) => told(__name__!, labels)).sort();
}
async function ofTiltmeter(job: string): Promise<string[]> {
  const rows = await query(
    `SELECT DISTINCT MetricName AS name, toJSONString(Attributes) AS labels FROM tiltmeter.metric_series WHERE ServiceName = '${job}'`,
  );
  return rows.map(({ name, labels }) => told(name!, JSON.parse(labels!))).sort();
}
const told = (name: string, labels: object): string =>
  `${name} ${JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))}`;

test.each(['node', 'churn'])(
  'of the same exporters (%s) by the same file the real Prometheus has the same series with the same labels',
  async (job) => {
    if (job === 'churn') startClient();
    await until(() => isUp(job));
    await until(async () => (await ofPrometheus(job)).some((series) => series.startsWith('up ')));
    // What a program tells only once it runs for a while comes to both with a later scrape.
    await until(async () => {
      await tilt.app.runJob('scrape');
      return JSON.stringify(await ofTiltmeter(job)) === JSON.stringify(await ofPrometheus(job));
    });
    expect((await ofTiltmeter(job)).length).toBeGreaterThan(job === 'node' ? 200 : 15);
  },
  120_000,
);

test('a program that begins anew counts from nothing: its counters fall once, and nothing is drawn below nothing', async () => {
  const counted = "Series IN (SELECT Series FROM tiltmeter.metric_series WHERE MetricName = 'answers_total')";
  const samples = async (where: string) => {
    await tilt.app.runJob('scrape');
    const [row] = await query(
      `SELECT countIf(${where}) AS n FROM (SELECT Value, lagInFrame(Value, 1, 0) OVER (PARTITION BY Series ORDER BY TimeUnix) AS before
       FROM tiltmeter.metric_samples WHERE Flags = 0 AND ${counted})`,
    );
    return Number(row!.n);
  };
  await until(async () => (await samples('1')) >= 3);
  await stop(running.at(-1)!);
  startClient();
  await until(async () => (await samples('Value < before')) === 1);
  const { body } = await tilt.json('GET', '/api/v1/models/churn/telemetry');
  const values = body.series.flatMap(({ points }: { points: { value: number }[] }) => points);
  expect(values.filter(({ value }: { value: number }) => value < 0)).toEqual([]);
  expect(body.series.map(({ id }: { id: string }) => id)).toContain('answering');
}, 120_000);
