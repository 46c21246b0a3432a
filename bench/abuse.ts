/**
 * `npm run bench:abuse`: an honest sender at half of what the machine takes, beside each of the abuses of `bench/abuse/`.
 * `BENCH_ABUSES=bombs,sockets` runs those whose names contain one of the words, `BENCH_SECONDS` (6) says how long each lasts.
 * What is above twice the p99 alone is measured twice more, and the middle one of the three counts: the machine's other work comes and
 * goes. On this machine only; prints Markdown, also when it is told to end (SIGTERM). The whole takes about ten minutes, and never more than
 * fifteen.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ABUSES } from './abuse/abuses.ts';
import { attack, Honest, type Window } from './abuse/beside.ts';
import { call, serve } from './scale/served.ts';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 6);
const WORDS = process.env.BENCH_ABUSES?.split(',') ?? [''];
const ALONE_SECONDS = 4;
/** Predictions of one of its requests: few, so that there are hundreds of requests in a window, and a p99 is not just the slowest of some. */
const ROWS = 100;
const MOST_TIMES = 2;
/** After so many minutes nothing is measured any more. */
const MINUTES = Number(process.env.BENCH_MINUTES ?? 13);

/** One measurement: alone before it, then beside. */
interface Measured {
  readonly name: string;
  readonly alone: Window;
  readonly beside: Window;
  readonly answers: Readonly<Record<string, number>>;
}

const began = Date.now();
let told = false;
process.once('SIGTERM', () => {
  told = true;
});
const over = () => told || Date.now() - began > MINUTES * 60_000;
const dir = mkdtempSync(join(tmpdir(), 'tiltmeter-abuse-'));
const server = await serve(dir);
const { address } = server;
const key = async (name: string, scope: string) => {
  const body = JSON.stringify({ name, scopes: [scope] });
  return (await call<{ secret: string }>(address, 'POST', '/api/v1/keys', body, 'json')).secret;
};
const full = async (connections: number, seconds: number): Promise<{ rate: number; rows: number }> => {
  const script = join(import.meta.dirname, 'ingest/load.ts');
  const args = [script, address, await key(`full-${connections}`, 'ingest'), 'closed', connections, seconds];
  return JSON.parse((await promisify(execFile)(process.execPath, args.map(String))).stdout);
};

try {
  const target = {
    ...{ address, port: Number(new URL(address).port), ingestKey: await key('attacker', 'ingest') },
    ...{ readKey: await key('reader', 'read'), writeKey: await key('colleague', 'write') },
  };
  const warm = await full(4, 3);
  const most = await full(16, 6);
  const honest = new Honest(address, await key('honest', 'ingest'), most.rate / 2 / ROWS, ROWS);
  await honest.ready();
  await sleep(3000);

  const all: Measured[] = [];
  const measure = async (name: string): Promise<void> => {
    await sleep(1000);
    const alone = await honest.window(ALONE_SECONDS);
    const { window: beside, answers } = await attack(honest, name, target, SECONDS);
    // What it was kept waiting for must not count for the next one.
    await honest.settled(beside);
    all.push({ name, alone, beside, answers });
    const { p99 } = honest.of(beside);
    process.stderr.write(`${JSON.stringify({ name, alone: honest.of(alone).p99, p99, answers })}\n`);
  };
  /** What it takes alone: the middle of the five windows nearest to a measurement, so that what one of them had counts for nothing. */
  const alone = (i: number): number => {
    const from = Math.max(0, Math.min(i - 2, all.length - 5));
    return median(all.slice(from, from + 5).map((each) => honest.of(each.alone).p99));
  };
  const timesOf = (name: string) =>
    all.flatMap((each, i) => (each.name === name ? [honest.of(each.beside).p99 / alone(i)] : []));
  const heldSoFar = (name: string) => median(timesOf(name)) < MOST_TIMES;

  const wanted = ABUSES.map(({ name }) => name).filter((name) => WORDS.some((word) => name.includes(word)));
  for (const name of wanted) if (!over()) await measure(name);
  const names = wanted.filter((name) => timesOf(name).length > 0);
  await sleep(2000);
  for (const again of [1, 2])
    for (const name of names.filter((each) => timesOf(each).length > 1 || !heldSoFar(each)))
      if (!over() && timesOf(name).length === again) await measure(name);
  const acknowledged = warm.rows + most.rows + (await honest.stop());

  // They are counted when they are rolled up.
  let predictions = 0;
  for (const until = Date.now() + 60_000; predictions < acknowledged && Date.now() < until; await sleep(500))
    ({ predictions } = await call<{ predictions: number }>(address, 'GET', '/api/v1/models/bench'));
  const requests = {
    alone: median(all.map((each) => honest.of(each.alone).n)),
    beside: median(all.map((each) => honest.of(each.beside).n)),
  };
  const lines = names.map((name) => {
    const own = all.flatMap((each, i) => (each.name === name ? [{ ...each, ms: alone(i) }] : []));
    const beside = own.map((each) => honest.of(each.beside));
    const refused = beside.reduce((sum, each) => sum + each.refused, 0);
    const times = median(timesOf(name));
    return {
      held: refused === 0 && times < MOST_TIMES,
      cells: [
        name,
        `${Math.round(median(own.map(({ ms }) => ms)))} ms`,
        `${Math.round(median(beside.map(({ p99 }) => p99)))} ms`,
        `${times.toFixed(1)}${
          own.length > 1
            ? ` (of ${timesOf(name)
                .map((each) => each.toFixed(1))
                .join(', ')})`
            : ''
        }`,
        refused === 0
          ? 0
          : `${refused}: ${[...new Set(beside.flatMap(({ answers }) => answers))].join(', ')}`,
        Object.entries(own.at(-1)!.answers)
          .map(([status, n]) => `${n.toLocaleString('en')} × ${status}`)
          .join(', '),
      ],
    };
  });
  const mb = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;
  process.stdout.write(`## Abuse (\`npm run bench:abuse\`)

An honest sender of ${ROWS} predictions a request at ${Math.round(most.rate / 2).toLocaleString('en')} predictions a second, half of what ${cpus().length} cores took in full, beside each of ${lines.length} of ${ABUSES.length} abuses of ${SECONDS} s. A p99 alone is of ${requests.alone} requests, one beside of ${requests.beside}. Abusers have the lowest priority of the machine: they stand for other machines.

| beside | p99 alone | p99 beside | times | refused | what the abuser got |
|---|---:|---:|---:|---:|---|
${lines.map(({ cells }) => `| ${cells.join(' | ')} |`).join('\n')}

${lines.filter(({ held }) => held).length} of ${lines.length} below twice the p99 alone with nothing refused. Acknowledged ${acknowledged.toLocaleString('en')} predictions, stored ${predictions.toLocaleString('en')}: ${(acknowledged - predictions).toLocaleString('en')} lost. Memory at its peak, server and lake host: ${mb(server.peakBytes())}; server alone ${mb(server.ownPeakBytes())}. ${Math.round((Date.now() - began) / 60_000)} minutes.
`);
} finally {
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
