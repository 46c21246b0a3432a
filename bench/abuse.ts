/**
 * `npm run bench:abuse`: an honest sender at half of what the machine takes of requests like its own, beside each of the abuses of `bench/abuse/`.
 * Windows alternate, alone and beside, all of them `BENCH_ROUNDS` (3) times, each time with a key that has sent nothing yet. What counts is the p99 of all
 * requests beside an abuse against that of the sender alone: before the first abuse (`BENCH_ALONE`, 20 s) or in all windows between, whichever is lower.
 * How many windows alone are above twice that, too, says what the machine itself does. Abuses above it are measured `BENCH_AGAIN` (2) rounds more.
 * `BENCH_ABUSES=bombs,sockets` runs those whose names contain one of the words, `BENCH_PART=2/5` the second fifth of them, `BENCH_SECONDS` (4) says
 * how long each window lasts, `BENCH_MINUTES` (25) when to end. On this machine only; prints Markdown, also when it is told to end (SIGTERM).
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../test/free-port.ts';
import { ABUSES } from './abuse/abuses.ts';
import { attack, Honest, type Window } from './abuse/beside.ts';
import { MOST_TIMES, report } from './abuse/report.ts';
import { call, serve } from './scale/served.ts';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 4);
const ALONE = Number(process.env.BENCH_ALONE ?? 20);
/** So long all is sent that the machine takes: merges and roll-ups of it belong to what it takes. */
const FULL = Number(process.env.BENCH_FULL ?? 30);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const AGAIN = Number(process.env.BENCH_AGAIN ?? 2);
const WORDS = process.env.BENCH_ABUSES?.split(',') ?? [''];
const [PART, PARTS] = (process.env.BENCH_PART ?? '1/1').split('/').map(Number) as [number, number];
/** Predictions of one of its requests: few, so that there are hundreds of requests in a window, and a p99 is not just the slowest of some. */
const ROWS = 100;
/** After so many minutes nothing is measured any more. */
const MINUTES = Number(process.env.BENCH_MINUTES ?? 25);

const began = Date.now();
let told = false;
process.once('SIGTERM', () => {
  told = true;
});
const over = () => told || Date.now() - began > MINUTES * 60_000;
const dir = mkdtempSync(join(tmpdir(), 'tiltmeter-abuse-'));
const grpcPort = await freePort();
const server = await serve(dir, { TILTMETER_GRPC_PORT: String(grpcPort) });
const { address } = server;
const key = async (name: string, scope: string) => {
  const body = JSON.stringify({ name, scopes: [scope] });
  return (await call<{ secret: string }>(address, 'POST', '/api/v1/keys', body, 'json')).secret;
};
const full = async (connections: number, seconds: number): Promise<{ rate: number; rows: number }> => {
  const script = join(import.meta.dirname, 'ingest/load.ts');
  const who = await key(`full-${connections}`, 'ingest');
  const args = [script, address, who, 'closed', connections, seconds, 'plain', ROWS];
  return JSON.parse((await promisify(execFile)(process.execPath, args.map(String))).stdout);
};

try {
  const port = Number(new URL(address).port);
  const target = { readKey: await key('reader', 'read'), writeKey: await key('colleague', 'write') };
  const warm = await full(4, 3);
  const most = await full(64, FULL);
  const counted = async () =>
    (await call<{ predictions: number }>(address, 'GET', '/api/v1/models/bench')).predictions;
  // They are counted when they are rolled up: what is owed from before must not count for what comes.
  const all = async (rows: number) => {
    for (const until = Date.now() + 60_000; (await counted()) < rows && Date.now() < until; )
      await sleep(500);
    return counted();
  };
  await all(warm.rows + most.rows);
  const honest = new Honest(
    address,
    await key('honest', 'ingest'),
    most.rate / 2 / ROWS,
    ROWS,
    server.cpuSeconds,
  );
  await honest.ready();
  await sleep(3000);
  const untouched = await honest.window(ALONE);

  const wanted = ABUSES.filter(({ name }) => WORDS.some((word) => name.includes(word))).filter(
    (_, i) => i % PARTS === PART - 1,
  );
  const measured: {
    name: string;
    beside: Window;
    after: Window;
    answers: Record<string, number>;
  }[] = [];
  let before = await honest.window(SECONDS);
  const alone = () =>
    Math.min(honest.of(untouched).p99, honest.of(...measured.map(({ after }) => after)).p99);
  const above = ({ name }: { name: string }) =>
    honest.of(...measured.filter((each) => each.name === name).map(({ beside }) => beside)).p99 >=
    MOST_TIMES * alone();
  for (let round = 1; round <= ROUNDS + AGAIN; round++)
    for (const { name } of round <= ROUNDS ? wanted : wanted.filter(above)) {
      if (over()) break;
      const ingestKey = await key(`attacker ${round} ${name}`.slice(0, 60), 'ingest');
      const attacked = await attack(honest, name, { address, port, grpcPort, ingestKey, ...target }, SECONDS);
      // What it was kept waiting for must not count for what is alone.
      await honest.settled(attacked.window);
      const after = await honest.window(SECONDS);
      measured.push({
        name,
        beside: attacked.window,
        after,
        answers: { ...attacked.answers },
      });
      const ms = [before, attacked.window, after].map((each) => Math.round(honest.of(each).p99));
      const cores = [before, attacked.window, after].map((each) => each.cores.toFixed(2));
      const mb = [server.residentBytes(), server.ownBytes(), server.peakBytes()].map((bytes) =>
        Math.round(bytes / 1024 / 1024),
      );
      process.stderr.write(`${JSON.stringify({ name, ms, cores, mb, answers: attacked.answers })}\n`);
      before = after;
    }
  await sleep(2000);
  const acknowledged = warm.rows + most.rows + (await honest.stop());

  const predictions = await all(acknowledged);
  process.stdout.write(
    report({
      ...{
        rows: ROWS,
        rate: most.rate / 2,
        cores: cpus().length,
        seconds: SECONDS,
        acknowledged,
        predictions,
      },
      ...{
        of: ABUSES.length,
        peakBytes: server.peakBytes(),
        sharedPeakBytes: server.sharedPeakBytes(),
        ownPeakBytes: server.ownPeakBytes(),
        anonymousPeakBytes: server.anonymousPeakBytes(),
      },
      minutes: (Date.now() - began) / 60_000,
      untouched: honest.of(untouched),
      between: honest.of(...measured.map(({ after }) => after)),
      windows: measured.map(({ after }) => honest.of(after).p99),
      measured: [...Map.groupBy(measured, ({ name }) => name)].map(([name, own]) => ({
        name,
        answers: own.at(-1)!.answers,
        beside: honest.of(...own.map(({ beside }) => beside)),
        rounds: own.map(({ beside }) => honest.of(beside).p99),
      })),
    }),
  );
} finally {
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
}
