/** `npm run bench:otlp`: spans per second by OTLP over HTTP in protobuf, and memory at a steady 10,000 a second. Prints Markdown. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { KEY, type Served, serve } from './scale/served.ts';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 20);
const STEADY_SECONDS = Number(process.env.BENCH_STEADY_SECONDS ?? 120);
const CONNECTIONS = Number(process.env.BENCH_CONNECTIONS ?? 16);
const STEADY = 10_000;

interface LoadResult {
  readonly stored: number;
  readonly rate: number;
  readonly refused: number;
  readonly p50: number;
  readonly p99: number;
  /** Of one span in its body. */
  readonly bytes: number;
}

async function load(
  { address }: Served,
  connections: number,
  seconds: number,
  rate: number,
): Promise<LoadResult> {
  const args = [address, KEY, connections, seconds, rate].map(String);
  const child = spawn(process.execPath, [join(import.meta.dirname, 'otlp/load.ts'), ...args], {
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

const dataDir = mkdtempSync(join(tmpdir(), 'tiltmeter-bench-'));
const server = await serve(dataDir);
await load(server, 4, 3, 0);
const before = server.cpuSeconds();
const full = await load(server, CONNECTIONS, SECONDS, 0);
const micros = ((server.cpuSeconds() - before) / full.stored) * 1e6;
/** Resident bytes, over the time in which spans come evenly. */
const resident: number[] = [];
const watch = setInterval(() => resident.push(server.residentBytes()), 1000);
const steady = await load(server, CONNECTIONS, STEADY_SECONDS, STEADY);
clearInterval(watch);
const peak = server.peakBytes();
await server.stop();
rmSync(dataDir, { recursive: true, force: true });

const whole = (value: number) => Math.round(value).toLocaleString('en');
const mb = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const quarter = Math.max(1, resident.length >> 2);
process.stdout.write(`## OTLP (\`npm run bench:otlp\`)

OTLP over HTTP in protobuf, 512 spans a request of six attributes each (${whole(full.bytes)} bytes a span), resource of six, ${CONNECTIONS} connections, fsync before each
answer; server, engine and load generator on the same ${cpus().length} cores.

| figure | measured | target |
|---|---|---|
| spans stored per second | ${whole(full.rate)} | at least 40,000 |
| processor time per span, server and lake host | ${micros.toFixed(1)} µs | |
| answer under full load: p50, p99 | ${whole(full.p50)} ms, ${whole(full.p99)} ms | |
| at ${whole(STEADY)} a second for ${STEADY_SECONDS} s: stored per second | ${whole(steady.rate)} | ${whole(STEADY)} |
| answer at that rate: p50, p99 | ${whole(steady.p50)} ms, ${whole(steady.p99)} ms | p99 below 500 ms |
| resident memory at that rate, median of the second and of the last quarter | ${mb(median(resident.slice(quarter, 2 * quarter)))}, ${mb(median(resident.slice(-quarter)))} | no growth |
| memory at its peak, server and lake host | ${mb(peak)} | below 900 MB |
| requests refused with 429 | ${full.refused + steady.refused} | |
`);
