import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Lake } from '../../store/lake/lake.ts';
import { createModelTable } from '../../store/lake/model-table.ts';
import { openLake } from '../../store/lake/open.ts';
import { lookUp } from './look-up.ts';
import { readIds } from './read-ids.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };
const TABLE = 'tiltmeter.predictions_m';
const START = Date.UTC(2026, 0, 2);
const WEEK = 7 * 86_400_000;
let dataDir: string;
let lake: Lake;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tiltmeter-read-ids-'));
  lake = await openLake({ dataDir, log });
  await createModelTable(lake, 'predictions_m');
  // 30,000 in one millisecond, 20,000 in one second some hours later, 10,000 over the week
  await lake.command(
    `INSERT INTO ${TABLE} (_id, _time, _received_at)
     SELECT concat('id-', toString(number)), toDateTime64('2026-01-01 00:00:00', 3, 'UTC'), fromUnixTimestamp64Milli(multiIf(
       number < 30000, {start:Int64} + 5000,
       number < 50000, {start:Int64} + 20000000 + number % 1000,
       {start:Int64} + (number - 50000) * 60480), 'UTC')
     FROM numbers(60000)`,
    { start: START },
  );
});

afterAll(async () => {
  await lake.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function read(from: number, to: number, piece: number) {
  const ids: string[] = [];
  const sizes: number[] = [];
  let below = to;
  for await (const part of readIds(lake, TABLE, { from, to }, piece)) {
    ids.push(...part.ids);
    sizes.push(part.ids.length);
    expect(part.from).toBeLessThanOrEqual(below);
    below = part.from;
  }
  return { ids, sizes };
}

test('every id of a range is read once, the newest first, in pieces of bounded size', async () => {
  const { ids, sizes } = await read(START, START + WEEK, 1000);
  expect(new Set(ids).size).toBe(60_000);
  expect(ids).toHaveLength(60_000);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(2200);
  expect(ids.slice(0, 1000)).toContain('id-59999');
});

test('only what lies within the range', async () => {
  expect((await read(START + 5001, START + 6000, 1000)).ids).toEqual([]);
  expect((await read(START + 5000, START + 5001, 1000)).ids).toHaveLength(30_000);
  expect((await read(START + WEEK, START + 2 * WEEK, 1000)).sizes).toEqual([]);
});

test('a look-up finds those that are there, also among many, and only in its time', async () => {
  const columns = { table: TABLE, id: '_id', stamp: '_received_at' };
  const ids = Array.from({ length: 12_000 }, (_, i) => (i % 2 === 0 ? `id-${i}` : `absent-${i}`));
  const found = await lookUp(lake, columns, { from: START }, ids);
  expect(found.size).toBe(6000);
  expect(found.has('id-0') && !found.has('absent-1')).toBe(true);
  expect((await lookUp(lake, columns, { from: START, to: START + 5000 }, ids)).size).toBe(0);
  expect((await lookUp(lake, columns, { from: START + 5001 }, ids)).size).toBe(0);
});
