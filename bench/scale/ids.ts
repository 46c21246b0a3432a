import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Part } from '../scale.ts';
import { DAY, makeModel } from './fill.ts';
import { call, KEY, ledgerNumber, serve, until, whileResting } from './served.ts';

/** A server that spends less than a fifth of a core over so long rests. */
const RESTS_MS = 5_000;

/** A lake that knows very many ids: start, memory, and what it takes from the speed of the way in. */
export const ids: Part = async ({ dir, rows = 100_000_000, seconds = 20 }) => {
  const empty = await load(mkdtempSync(join(tmpdir(), 'tiltmeter-scale-empty-')), seconds);
  await whileResting(dir, async (app) => {
    await makeModel(app, 'bench', 38);
    await makeModel(app, 'old', 0);
    const step = 5_000_000;
    for (let from = 0; from < rows; from += step)
      await app.ctx.lake.command(
        `INSERT INTO tiltmeter.predictions_old (_id, _time, _received_at)
         SELECT toString(generateUUIDv4()), at, at FROM (
           SELECT fromUnixTimestamp64Milli(toInt64({now:Int64} - {span:Int64} + intDiv(({from:UInt64} + number) * {span:UInt64}, {rows:UInt64})), 'UTC') AS at
           FROM numbers({n:UInt64}))
         SETTINGS min_insert_block_size_rows = 131072, max_block_size = 65536, max_insert_threads = 1`,
        { now: Date.now() - 60_000, span: 6 * DAY, from, rows, n: Math.min(step, rows - from) },
        { maxSeconds: 600, maxMemoryBytes: 550e6 },
      );
  });
  await settled(dir, rows);
  const full = await load(dir, seconds);
  return [
    {
      what: `${rows.toLocaleString('en')} known ids: start, s`,
      value: full.startMs / 1000,
      yardstick: empty.startMs / 1000,
      of: 'start when empty, s',
    },
    { what: 'predictions taken a second', value: full.rate, yardstick: empty.rate, of: 'when empty' },
    {
      what: 'processor time of a prediction, server and host, µs',
      value: full.microseconds,
      yardstick: empty.microseconds,
      of: 'when empty',
    },
    {
      what: 'server + host, peak, MB',
      value: full.peak / 1e6,
      yardstick: empty.peak / 1e6,
      of: 'when empty',
    },
    {
      what: 'server alone, peak, MB',
      value: full.own / 1e6,
      yardstick: empty.own / 1e6,
      of: 'when empty',
    },
  ];
};

/** Lets a server read what it did not write itself, and roll it up: the next one starts as after any restart. */
async function settled(dir: string, rows: number): Promise<void> {
  const server = await serve(dir);
  const head = "SELECT predictions FROM profile_heads WHERE model = 'old'";
  await until(() => ledgerNumber(dir, head) >= rows, 1000);
  type Status = { known_ids: { filling: boolean } };
  const filling = async () => (await call<Status>(server.address, 'GET', '/api/v1/status')).known_ids.filling;
  await until(async () => !(await filling()), 1000);
  // What the filling left to be merged is no part of knowing ids.
  await until(async () => {
    const before = server.cpuSeconds();
    await sleep(RESTS_MS);
    return server.cpuSeconds() - before < 1;
  }, 0);
  await server.stop();
}

async function load(dir: string, seconds: number) {
  const server = await serve(dir);
  const before = server.cpuSeconds();
  const script = join(import.meta.dirname, '../ingest/load.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [
    script,
    server.address,
    KEY,
    'closed',
    '16',
    String(seconds),
  ]);
  const spent = server.cpuSeconds() - before;
  await server.stop();
  const { rate, rows } = JSON.parse(stdout) as { rate: number; rows: number };
  return {
    rate,
    microseconds: (spent / rows) * 1e6,
    startMs: server.startMs,
    peak: server.peakBytes(),
    own: server.ownPeakBytes(),
  };
}
