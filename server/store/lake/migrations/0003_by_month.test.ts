import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEmbedded } from '../drivers/embedded/embedded.ts';
import type { Lake } from '../lake.ts';
import { migrateLake } from '../migrations.ts';
import { monthsOf } from '../sizes.ts';
import { byMonth } from './0003_by_month.ts';
import { readMigrations } from './index.ts';

let lake: Lake;
let dir: string;
const log = { debug() {}, info() {}, warn() {}, error() {} };

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tiltmeter-months-'));
  lake = await openEmbedded({ dir, log });
  const first = (await readMigrations()).filter(({ name }) => name < byMonth.name);
  await migrateLake(lake, first);
  await lake.command(`INSERT INTO tiltmeter.labels (model, id, label, received_at) VALUES
    ('m', 'a', 'yes', '2026-01-05 00:00:00'), ('m', 'b', 'no', '2026-02-05 00:00:00')`);
  await lake.command(
    `INSERT INTO tiltmeter.changes (id, model, time, title) VALUES ('c', 'm', '2026-03-05 00:00:00', 'deploy')`,
  );
});
afterAll(async () => {
  await lake.close();
  await rm(dir, { recursive: true, force: true });
});

const labels = () =>
  lake.query('SELECT id, label FROM tiltmeter.labels FINAL WHERE model = {m:String} ORDER BY id', { m: 'm' });

test('rows are kept, in a partition a month; doing it again, or after it died half way, changes nothing', async () => {
  const before = await labels();
  for (let statements = 1; statements < 6; statements++) {
    let left = statements;
    const dying: Lake = {
      ...lake,
      command: (...args) => (left-- > 0 ? lake.command(...args) : Promise.reject(new Error('killed'))),
    };
    await expect(byMonth.up!(dying)).rejects.toThrow('killed');
    expect(await labels()).toEqual(before);
  }
  await byMonth.up!(lake);
  await byMonth.up!(lake);
  expect(await labels()).toEqual(before);
  expect(await monthsOf(lake, 'labels')).toEqual(['202601', '202602']);
  expect(await monthsOf(lake, 'changes')).toEqual(['202603']);
  const tables = await lake.query<{ name: string }>(
    `SELECT name FROM system.tables WHERE database = 'tiltmeter' AND name LIKE '%by_month%'`,
  );
  expect(tables).toEqual([]);
});

test('a label of a later month replaces the earlier one', async () => {
  await lake.command(
    `INSERT INTO tiltmeter.labels (model, id, label, received_at) VALUES ('m', 'a', 'no', '2026-05-05 00:00:00')`,
  );
  expect(await labels()).toEqual([
    { id: 'a', label: 'no' },
    { id: 'b', label: 'no' },
  ]);
});
