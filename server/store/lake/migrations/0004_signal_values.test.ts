import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEmbedded } from '../drivers/embedded/embedded.ts';
import type { Lake } from '../lake.ts';
import { migrateLake } from '../migrations.ts';
import { readMigrations } from './index.ts';

const NAME = '0004_signal_values';
const log = { debug() {}, info() {}, warn() {}, error() {} };
let lake: Lake;
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tiltmeter-values-'));
  lake = await openEmbedded({ dir, log });
  const before = (await readMigrations()).filter(({ name }) => name < NAME);
  await migrateLake(lake, before);
  const row = (kind: string, hour: number, knownAt: number, value: number | null, status = 'ok') =>
    `('m', '${kind}-1', '${kind}', 'share', '2026-01-05 0${hour}:00:00', '2026-01-06 0${knownAt}:00:00', ${value}, '${status}')`;
  await lake.command(`INSERT INTO tiltmeter.signals (model, monitor, kind, metric, time, known_at, value, status) VALUES
    ${row('performance', 0, 1, null, 'labels_not_mature')}, ${row('performance', 0, 2, 0.9)},
    ${row('performance', 0, 3, 0.8)}, ${row('performance', 0, 4, 0.7)},
    ${row('performance', 1, 1, null, 'labels_not_mature')}, ${row('performance', 1, 2, null, 'labels_not_mature')},
    ${row('performance', 2, 2, 0.6)}, ${row('drift', 0, 1, 0.1)}, ${row('drift', 0, 2, 0.1)}`);
});
afterAll(async () => {
  await lake.close();
  await rm(dir, { recursive: true, force: true });
});

const values = () =>
  lake.query<{ row: string }>(
    `SELECT concat(kind, ' ', toString(toHour(time)), ' ', known, ' ', ifNull(toString(value), 'null'), ' ', status) AS row
FROM tiltmeter.signal_values FINAL ORDER BY kind, time, known DESC`,
  );

test('of every bucket the first and the newest value are kept, however often it is done', async () => {
  const expected = [
    'drift 0 then 0.1 ok',
    'performance 0 then 0.9 ok',
    'performance 0 now 0.7 ok',
    'performance 1 then null labels_not_mature',
    'performance 2 then 0.6 ok',
    'performance 2 now 0.6 ok',
  ];
  const migrations = await readMigrations();
  const here = migrations.filter(({ name }) => name === NAME);
  // Died before it emptied the old table, and began again.
  const killed = here.map(({ name, sql = '' }) => ({
    name: `${name}?`,
    sql: sql.replace(/TRUNCATE[^;]*;/, ''),
  }));
  await migrateLake(lake, killed);
  await migrateLake(lake, here);
  expect((await values()).map(({ row }) => row)).toEqual(expected);
  expect(await lake.query('SELECT count() AS n FROM tiltmeter.signals')).toEqual([{ n: 0 }]);
});
