import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { join } from 'node:path';

const KEY = 'bench-admin-key-0123456789abcdefghij';
const LOADS = Number(process.env.BENCH_LOADS ?? 40);
const DAY = 86_400_000;
const file = (name: string) => join(import.meta.dirname, name);

interface Filled {
  readonly predictions: number;
  readonly columns: number;
  readonly start: number;
  readonly end: number;
  readonly rollUpMs: number;
  readonly judgeMs: number;
}

/** A model with a year of hourly profiles of 40 columns that came in over HTTP and were judged. Markdown. */
export async function year(data: string): Promise<string> {
  const filled = JSON.parse(
    execFileSync(process.execPath, [file('fill.ts'), data], { encoding: 'utf8' }),
  ) as Filled;
  const server = spawn(process.execPath, [file('../../server/main.ts'), '--data', data, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TILTMETER_ADMIN_KEY: KEY, TILTMETER_LOG_LEVEL: 'warn' },
  });
  const address = await new Promise<string>((resolve, reject) => {
    let printed = '';
    server.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
      const found = /listens on (http:\S+)/.exec(printed)?.[1];
      if (found !== undefined) resolve(found);
    });
    server.on('exit', () => reject(new Error(`the server did not start: ${printed}`)));
  });
  // A browser opens six connections to one server.
  const agent = new Agent({ keepAlive: true, maxSockets: 6 });

  /** The requests of the page, in the order in which it makes them. */
  function requests(days: number): string[] {
    const range = `from=${new Date(filled.end - days * DAY).toISOString()}&to=${new Date(filled.end).toISOString()}`;
    const signals = (filter: string, points = 400) =>
      `/models/year/signals?${range}&points=${points}&${filter}`;
    return [
      '/models/year/setup',
      ...['status=open', 'status=acknowledged'].map((filter) => `/incidents?limit=200&model=year&${filter}`),
      '/alerts?model=year&layer=data&state=firing&limit=1000',
      `/incidents?model=year&${range}&limit=1000`,
      `/changes?model=year&${range}&limit=200`,
      signals('layer=model'),
      `/models/year/columns/_score/timeline?${range}`,
      signals('layer=data&kind=drift', 200),
      signals('layer=data&fold=columns&kind=missing&kind=invalid&kind=range&kind=new_category'),
      `/models/year/columns?${range}`,
      signals('layer=serving'),
      `/models/year/traffic?${range}`,
    ];
  }

  function ask(path: string): Promise<{ ms: number; bytes: number }> {
    const began = performance.now();
    return new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${KEY}`, 'accept-encoding': 'gzip' };
      get(`${address}/api/v1${path}`, { agent, headers }, (reply) => {
        let bytes = 0;
        reply.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
        });
        reply.on('end', () => {
          if (reply.statusCode === 200) resolve({ ms: performance.now() - began, bytes });
          else reject(new Error(`${reply.statusCode} ${path}`));
        });
      }).on('error', reject);
    });
  }

  interface Load {
    readonly whole: number;
    readonly each: readonly number[];
    readonly bytes: number;
  }

  /** The model first, as on the page, then the rest at once. */
  async function load(days: number): Promise<Load> {
    const began = performance.now();
    const first = await ask('/models/year');
    const rest = await Promise.all(requests(days).map(ask));
    return {
      whole: performance.now() - began,
      each: [first, ...rest].map(({ ms }) => ms),
      bytes: [first, ...rest].reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  const quantile = (values: readonly number[], share: number) =>
    values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!;

  const lines: string[] = [];
  for (const [name, days] of [
    ['30 days, the default', 30],
    ['7 days', 7],
    ['the whole year', 365],
  ] as const) {
    const loads: Load[] = [];
    for (let i = 0; i < LOADS + 3; i++) {
      const one = await load(days);
      if (i >= 3) loads.push(one);
    }
    if (process.env.BENCH_DEBUG) {
      const paths = ['/models/year', ...requests(days)];
      for (const [i, path] of paths.entries()) {
        const own = loads.map(({ each }) => each[i]!);
        process.stderr.write(
          `${quantile(own, 0.5).toFixed(0).padStart(6)} ${quantile(own, 0.95).toFixed(0).padStart(6)}  ${path.replace(/from=[^&]*&to=[^&]*&?/, '')}\n`,
        );
      }
    }
    const all = loads.flatMap(({ each }) => each);
    const whole = loads.map((one) => one.whole);
    const cell = (value: number) => value.toFixed(0);
    lines.push(
      `| ${name} | ${cell(quantile(all, 0.5))} | ${cell(quantile(all, 0.95))} | ${cell(quantile(whole, 0.5))} | ${cell(quantile(whole, 0.95))} | ${cell(loads[0]!.bytes / 1024)} |`,
    );
  }
  agent.destroy();
  server.kill('SIGTERM');
  await once(server, 'exit');
  return `## The model page

${filled.predictions.toLocaleString('en')} predictions over 365 days, ${filled.columns} columns, hourly buckets, through the API; rolled up in ${(filled.rollUpMs / 1000).toFixed(1)} s, judged in ${(filled.judgeMs / 1000).toFixed(1)} s.
${requests(1).length + 1} requests a page over six connections as a browser makes them, ${LOADS} loads each; milliseconds.

| range | one answer, p50 | one answer, p95 | whole page, p50 | whole page, p95 | KiB over the wire |
|---|---:|---:|---:|---:|---:|
${lines.join('\n')}`;
}
