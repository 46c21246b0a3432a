import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Lake } from '../store/lake/lake.ts';
import { createModelTable } from '../store/lake/model-table.ts';
import { openLake } from '../store/lake/open.ts';
import { KnownIds } from './known-ids.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };
const TABLE = 'tiltmeter.predictions_m';
let dataDir: string;
let lake: Lake;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tiltmeter-known-'));
  lake = await openLake({ dataDir, log });
  await createModelTable(lake, 'predictions_m');
  // Three seconds with 100,000 rows each, so that they are read in more than one stretch.
  await lake.command(
    `INSERT INTO ${TABLE} (_id, _time, _received_at)
     SELECT concat('id-', toString(number)), toDateTime64('2026-01-01 00:00:00', 3, 'UTC'),
            toDateTime64('2026-01-02 00:00:00', 3, 'UTC') + intDiv(number, 100000)
     FROM numbers(300000)`,
  );
});

afterAll(async () => {
  await lake.close();
  await rm(dataDir, { recursive: true, force: true });
});

const newKnown = (shared = false) => new KnownIds({ lake, log, shared, maxBytes: 64 * 1024 * 1024 });

test('before the filter is filled every id may be known, afterwards only those of the lake', async () => {
  const known = newKnown();
  expect(known.remember(TABLE, 'first')).toBe(true);
  await known.fill(TABLE);
  expect(known.remember(TABLE, 'first')).toBe(true);
  let claimed = 0;
  for (let i = 0; i < 300_000; i++)
    if (!known.remember(TABLE, `id-${i}`)) throw new Error(`id-${i} was forgotten`);
  for (let i = 0; i < 10_000; i++) if (known.remember(TABLE, `new-${i}`)) claimed++;
  expect(claimed).toBeLessThan(10);
});

test('where others write too, every id may be known', async () => {
  const known = newKnown(true);
  await known.fill(TABLE);
  known.created(TABLE);
  expect(known.remember(TABLE, 'never seen')).toBe(true);
});

test('a table that was just made has no ids', () => {
  const known = newKnown();
  known.created('tiltmeter.predictions_new');
  expect(known.remember('tiltmeter.predictions_new', 'a')).toBe(false);
  expect(known.remember('tiltmeter.predictions_new', 'a')).toBe(true);
});

test('a look-up finds those that are there, also among many', async () => {
  const ids = Array.from({ length: 12_000 }, (_, i) => (i % 2 === 0 ? `id-${i}` : `absent-${i}`));
  const found = await newKnown().find(TABLE, '_id', ids);
  expect(found.size).toBe(6000);
  expect(found.has('id-0') && !found.has('absent-1')).toBe(true);
});
