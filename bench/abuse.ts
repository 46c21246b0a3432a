/**
 * `npm run bench:abuse`: an honest sender at half of what the machine takes, beside each of the abuses of `bench/abuse/`.
 * `BENCH_ABUSES=bombs,sockets` runs those whose names contain one of the words, `BENCH_SECONDS` (8) how long each lasts.
 * On this machine only; prints Markdown.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ABUSES } from './abuse/abuses.ts';
import { call, KEY, serve } from './scale/served.ts';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 8);
const WORDS = process.env.BENCH_ABUSES?.split(',') ?? [''];
/** Alone again after so many abuses: the machine's other work comes and goes. */
const EVERY = 5;

interface Load {
  readonly rows: number;
  readonly rate: number;
  readonly refused: number;
  readonly p50: number;
  readonly p99: number;
}

interface Line {
  readonly name: string;
  readonly load: Load | undefined;
  readonly alone: number;
  readonly answers: Readonly<Record<string, number>>;
}

const run = async <T>(script: string, args: readonly (string | number)[]): Promise<T> => {
  const file = join(import.meta.dirname, script);
  const { stdout } = await promisify(execFile)(process.execPath, [file, ...args.map(String)]);
  return JSON.parse(stdout) as T;
};

const dir = mkdtempSync(join(tmpdir(), 'tiltmeter-abuse-'));
const server = await serve(dir);
const key = async (name: string, scope: string) => {
  const made = { name, scopes: [scope] };
  const reply = await fetch(`${server.address}/api/v1/keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify(made),
  });
  return ((await reply.json()) as { secret: string }).secret;
};

try {
  const honest = await key('honest', 'ingest');
  const [attacker, reader] = [await key('attacker', 'ingest'), await key('reader', 'read')];
  let sent = 0;
  const load = async (mode: string, amount: number, seconds: number): Promise<Load> => {
    const result = await run<Load>('ingest/load.ts', [server.address, honest, mode, amount, seconds]);
    sent += result.rows;
    return result;
  };
  await load('closed', 4, 3);
  const full = await load('closed', 16, 6);
  const half = full.rate / 2 / 500;
  const alone = async () => (await load('open', half, SECONDS)).p99;

  const lines: Line[] = [];
  let before = await alone();
  const abuses = ABUSES.filter(({ name }) => WORDS.some((word) => name.includes(word)));
  for (const [i, { name }] of abuses.entries()) {
    if (i > 0 && i % EVERY === 0) before = await alone();
    const attack = run<Line['answers']>('abuse/attack.ts', [
      name,
      server.address,
      attacker,
      reader,
      SECONDS + 3,
    ]);
    await sleep(1500);
    const beside = await load('open', half, SECONDS).catch((error: Error) => {
      process.stderr.write(`${name}: ${error.message}\n`);
      return undefined;
    });
    const answers = await attack.catch((error: Error) => ({ [error.message]: 1 }));
    lines.push({ name, load: beside, alone: before, answers });
    process.stderr.write(`${JSON.stringify(lines.at(-1))}\n`);
    await sleep(500);
  }
  const { predictions } = await call<{ predictions: number }>(server.address, 'GET', '/api/v1/models/bench');
  const ms = (value: number) => `${Math.round(value)} ms`;
  const held = lines.filter(({ load: one, alone: p99 }) => one && one.refused === 0 && one.p99 < 2 * p99);
  const cells = lines.map(({ name, load: one, alone: p99, answers }) =>
    [
      name,
      ms(p99),
      one ? ms(one.p99) : 'cut off',
      one ? (one.p99 / p99).toFixed(1) : '–',
      one?.refused ?? '–',
      Object.entries(answers)
        .map(([status, n]) => `${n.toLocaleString('en')} × ${status}`)
        .join(', '),
    ].join(' | '),
  );
  process.stdout.write(`## Abuse (\`npm run bench:abuse\`)

An honest sender of 500 predictions a request at ${Math.round(full.rate / 2).toLocaleString('en')} predictions a second, half of what ${cpus().length} cores took in full, beside each of ${lines.length} abuses of ${SECONDS} s.

| beside | p99 alone | p99 beside | times | refused | what the abuser got |
|---|---:|---:|---:|---:|---|
${cells.map((cell) => `| ${cell} |`).join('\n')}

${held.length} of ${lines.length} below twice the p99 alone with nothing refused. Acknowledged ${sent.toLocaleString('en')} predictions, stored ${predictions.toLocaleString('en')}. Memory at its peak, server and lake host: ${Math.round(server.peakBytes() / 1024 / 1024)} MB; server alone ${Math.round(server.ownPeakBytes() / 1024 / 1024)} MB.
`);
} finally {
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
}
