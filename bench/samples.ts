/** `npm run bench:samples`: samples per second by Prometheus remote write, beside what Prometheus itself takes as a receiver. Prints Markdown. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../test/free-port.ts';
import { KEY, serve } from './scale/served.ts';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 20);
const CONNECTIONS = Number(process.env.BENCH_CONNECTIONS ?? 16);
const PROMETHEUS = '/usr/bin/prometheus';

interface LoadResult {
  readonly stored: number;
  readonly rate: number;
  readonly refused: number;
  readonly p50: number;
  readonly p99: number;
  /** Of one sample, packed. */
  readonly bytes: number;
}

async function load(address: string, connections: number, seconds: number): Promise<LoadResult> {
  const args = [address, KEY, connections, seconds].map(String);
  const child = spawn(process.execPath, [join(import.meta.dirname, 'samples/load.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the load generator ended with ${code}`);
  return JSON.parse(text) as LoadResult;
}

const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-bench-'));
const server = await serve(join(folder, 'tiltmeter'));
await load(server.address, 4, 3);
const before = server.cpuSeconds();
const full = await load(server.address, CONNECTIONS, SECONDS);
const micros = ((server.cpuSeconds() - before) / full.stored) * 1e6;
const peak = server.peakBytes();
await server.stop();

const prometheus = existsSync(PROMETHEUS) ? await ofPrometheus() : undefined;
rmSync(folder, { recursive: true, force: true });

/** The same load into Prometheus, which writes a log without waiting for the disk, and keeps the newest two hours in memory. */
async function ofPrometheus(): Promise<LoadResult> {
  const port = await freePort();
  // It takes only samples of its newest hours otherwise.
  const config = 'storage: { tsdb: { out_of_order_time_window: 720h } }\n';
  writeFileSync(join(folder, 'prometheus.yml'), config);
  const child = spawn(
    PROMETHEUS,
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'prometheus')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--web.enable-remote-write-receiver',
    ],
    { stdio: 'ignore' },
  );
  const address = `http://127.0.0.1:${port}`;
  for (;;) {
    const ready = await fetch(`${address}/-/ready`).catch(() => undefined);
    if (ready?.ok) break;
    await sleep(100);
  }
  try {
    await load(address, 4, 3);
    return await load(address, CONNECTIONS, SECONDS);
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}

const whole = (value: number) => Math.round(value).toLocaleString('en');
process.stdout.write(`## Remote write (\`npm run bench:samples\`)

Prometheus remote write 1.0, 2,000 samples a request of as many series with ten labels each (64,000 series in all, ${full.bytes.toFixed(1)} bytes a sample, packed), ${CONNECTIONS} connections, fsync
before each answer; server, engine and load generator on the same ${cpus().length} cores.

| figure | measured | target |
|---|---|---|
| samples stored per second | ${whole(full.rate)} | at least 400,000 |
| processor time per sample, server and lake host | ${micros.toFixed(2)} µs | |
| answer under full load: p50, p99 | ${whole(full.p50)} ms, ${whole(full.p99)} ms | |
| memory at its peak, server and lake host | ${Math.round(peak / 1024 / 1024)} MB | below 900 MB |
| requests refused with 429 | ${full.refused} | |
${prometheus === undefined ? '' : `| Prometheus itself as a receiver, without fsync, in the same run | ${whole(prometheus.rate)} (ratio ${(full.rate / prometheus.rate).toFixed(2)}) | |\n`}`);
