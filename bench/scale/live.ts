import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Part } from '../scale.ts';
import { HOUR, lines, makeModel, send } from './fill.ts';
import { KEY, ledgerNumber, type Served, serve, until, whileResting } from './served.ts';

const COLUMNS = 10;
const CLOSINGS = 10;
/** Requests a second beside, of 500 predictions each: about half of what the machine takes. */
const BESIDE = 26;

/** A live model: from the row that closes an hour until that hour is judged, on a quiet server and beside ingest. */
export const live: Part = async ({ dir }) => {
  await whileResting(dir, async (app) => {
    await makeModel(app, 'live', COLUMNS);
    await makeModel(app, 'bench', 38);
  });
  const server = await serve(dir);
  const first = Math.floor(Date.now() / HOUR) * HOUR - (2 * CLOSINGS + 2) * HOUR;
  const quiet = await closings(server, dir, first);
  const load = join(import.meta.dirname, '../ingest/load.ts');
  const seconds = String(CLOSINGS * 12);
  const loading = promisify(execFile)(process.execPath, [
    load,
    server.address,
    KEY,
    'open',
    String(BESIDE),
    seconds,
  ]);
  const beside = await closings(server, dir, first + CLOSINGS * HOUR);
  const { rate } = JSON.parse((await loading).stdout) as { rate: number };
  await server.stop();
  return [
    { what: 'from the row that closes an hour until it is judged, p50 s', value: at(quiet, 0.5) },
    { what: 'p95 s', value: at(quiet, 0.95) },
    { what: `beside ${Math.round(rate).toLocaleString('en')} predictions/s, p50 s`, value: at(beside, 0.5) },
    { what: 'p95 s', value: at(beside, 0.95), yardstick: at(quiet, 0.95), of: 'on a quiet server, s' },
  ];
};

/** Seconds from the closing row of each of some hours, one after the other, until the hour is judged. */
async function closings({ address }: Served, dir: string, from: number): Promise<number[]> {
  const found: number[] = [];
  for (let i = 0; i < CLOSINGS; i++) {
    const hour = from + i * HOUR;
    const rows = (n: number, time: (i: number) => number) =>
      send(
        address,
        'predictions',
        lines('live', COLUMNS, n, (k) => `live-${time(k)}`, time),
      );
    await rows(60, (k) => hour + (k * HOUR) / 60);
    await rows(1, () => hour + HOUR + 6.5 * 60_000);
    const judged = `SELECT count(*) FROM judgements WHERE model = 'live' AND evaluated_to >= ${hour + HOUR}`;
    found.push((await until(() => ledgerNumber(dir, judged) === 1, 50)) / 1000);
  }
  return found.sort((a, b) => a - b);
}

const at = (sorted: readonly number[], share: number) => sorted[Math.ceil(share * sorted.length) - 1]!;
