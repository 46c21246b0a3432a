/** `npm run bench:ingest`: predictions per second over HTTP, against what the engine takes by itself. Prints Markdown. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALLOCATOR } from './scale/served.ts';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 20);
const CONNECTIONS = Number(process.env.BENCH_CONNECTIONS ?? 32);
const KEY = 'bench-admin-key-0123456789abcdefghij';
const file = (name: string) => join(import.meta.dirname, name);

interface LoadResult {
  readonly rows: number;
  readonly rate: number;
  readonly refused: number;
  readonly p50: number;
  readonly p99: number;
}

async function run<T>(script: string, args: (string | number)[]): Promise<T> {
  const child = spawn(process.execPath, [file(script), ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${script} ended with ${code}`);
  return JSON.parse(text) as T;
}

async function serve(dataDir: string): Promise<{ child: ChildProcess; address: string }> {
  const child = spawn(
    process.execPath,
    [
      '--max-semi-space-size=8',
      '--heap-growing-percent=100',
      '--no-parallel-scavenge',
      file('../server/main.ts'),
      '--data',
      dataDir,
      '--port',
      '0',
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...ALLOCATOR, TILTMETER_ADMIN_KEY: KEY, TILTMETER_LOG_LEVEL: 'warn' },
    },
  );
  let text = '';
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const found = /listens on (http:\S+)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.on('exit', () => reject(new Error(`the server did not start: ${text}`)));
  });
  return { child, address };
}

/** Processor seconds that a process and its children have used. */
function used(pid: number): { server: number; host: number } {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid=,cputimes='], { encoding: 'utf8' }).trim().split('\n');
  let [server, host] = [0, 0];
  for (const [own, parent, seconds] of table.map((line) => line.trim().split(/\s+/).map(Number))) {
    if (own === pid) server = seconds!;
    else if (parent === pid) host += seconds!;
  }
  return { server, host };
}

/** Resident bytes of a process and its children. */
function resident(pid: number): { server: number; host: number } {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid=,rss='], { encoding: 'utf8' }).trim().split('\n');
  let [server, host] = [0, 0];
  for (const [own, parent, rss] of table.map((line) => line.trim().split(/\s+/).map(Number))) {
    if (own === pid) server = rss! * 1024;
    else if (parent === pid) host += rss! * 1024;
  }
  return { server, host };
}

const dataDir = mkdtempSync(join(tmpdir(), 'tiltmeter-bench-'));
const { child, address } = await serve(dataDir);
let peak = { server: 0, host: 0 };
const watch = setInterval(() => {
  const now = resident(child.pid!);
  if (now.server + now.host > peak.server + peak.host) peak = now;
}, 500);
await run('ingest/load.ts', [address, KEY, 'closed', 4, 3]);
const before = used(child.pid!);
const full = await run<LoadResult>('ingest/load.ts', [address, KEY, 'closed', CONNECTIONS, SECONDS]);
const after = used(child.pid!);
const half = await run<LoadResult>('ingest/load.ts', [address, KEY, 'open', full.rate / 2 / 500, SECONDS]);
clearInterval(watch);
child.kill('SIGTERM');
await once(child, 'exit');
rmSync(dataDir, { recursive: true, force: true });
const engine = await run<{ rate: number }>('ingest/engine.ts', [8000, Math.min(SECONDS, 15)]);

const mb = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;
const micros = (who: 'server' | 'host') =>
  `${(((after[who] - before[who]) / full.rows) * 1e6).toFixed(1)} µs`;
const whole = (value: number) => Math.round(value).toLocaleString('en');
const cpu = /model name\s*: (.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? cpus()[0]?.model ?? '';
if (process.env.BENCH_DEBUG) process.stderr.write(JSON.stringify({ full, half, engine, peak }));
process.stdout.write(`## Ingest (\`npm run bench:ingest\`)

NDJSON over HTTP, 500 predictions a request, 30 numeric and 8 categorical features, ids and times, ${CONNECTIONS} connections,
fsync before each answer; server, engine and load generator on the same ${cpus().length} cores (${cpu}), ${SECONDS} s.

| figure | measured | target |
|---|---|---|
| predictions stored per second | ${whole(full.rate)} | at least 60,000 |
| the engine alone, \`INSERT … FORMAT JSONEachRow\`, same rows, 8,000 an insert | ${whole(engine.rate)} | |
| ratio | ${(full.rate / engine.rate).toFixed(2)} | at least 0.5 |
| processor time per prediction: server, lake host | ${micros('server')}, ${micros('host')} | |
| memory at its peak: server, lake host, together | ${mb(peak.server)}, ${mb(peak.host)}, ${mb(peak.server + peak.host)} | below 900 MB |
| acknowledgement at half that rate (${whole(half.rate)}/s, open loop): p50, p99 | ${half.p50.toFixed(0)} ms, ${half.p99.toFixed(0)} ms | p99 below 500 ms |
| requests refused with 429 | ${full.refused + half.refused} | |
`);
