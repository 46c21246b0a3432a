import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { until } from '../../../test/until.ts';
import type { Lake } from '../../store/lake/lake.ts';
import { createModelTable } from '../../store/lake/model-table.ts';
import { openLake } from '../../store/lake/open.ts';
import type { Others } from './follow-others.ts';
import { KnownIds, type KnownIdsOptions } from './known-ids.ts';

const TABLE = 'tiltmeter.predictions_m';
const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 2);
let dataDir: string;
let real: Lake;
let lake: Lake;
let queries: string[];
let warned: string[];
let now: number;
const opened: KnownIds[] = [];
const log = {
  debug() {},
  info() {},
  error() {},
  warn: (_: object, message: string) => void warned.push(message),
};

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tiltmeter-known-'));
  real = await openLake({ dataDir, log });
  await createModelTable(real, 'predictions_m');
  queries = [];
  warned = [];
  now = START;
  lake = {
    ...real,
    query: (sql, ...rest) => {
      queries.push(sql);
      return real.query(sql, ...rest);
    },
  };
});
afterEach(async () => {
  for (const known of opened.splice(0)) await known.close();
  await real.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function open(change: Partial<KnownIdsOptions> = {}): Promise<KnownIds> {
  const options = {
    lake,
    log,
    now: () => now,
    horizonMs: 7 * DAY,
    maxBytes: 1e9,
    lakeName: 'one',
    ...change,
  };
  const known = await KnownIds.open({ folder: join(dataDir, 'ids'), ...options }, [TABLE]);
  opened.push(known);
  return known;
}

/** Ends it as a stop does; without it a process that died. */
async function close(known: KnownIds): Promise<void> {
  opened.splice(opened.indexOf(known), 1);
  await known.close();
}

async function store(from: number, count: number, at: number, table = TABLE): Promise<void> {
  await real.command(
    `INSERT INTO ${table} (_id, _time, _received_at)
     SELECT concat('id-', toString(number)), now(), fromUnixTimestamp64Milli({at:Int64} + number % 1000, 'UTC')
     FROM numbers({from:UInt64}, {count:UInt64})`,
    { from, count, at },
  );
}

test('an id that was never seen is new without a query; one that was is looked for within the horizon', async () => {
  const known = await open();
  await known.filled();
  queries.length = 0;
  expect(known.remember(TABLE, 'a')).toBe(undefined);
  expect(known.remember(TABLE, 'a')).toEqual({ from: START - 7 * DAY, seen: true });
  expect(queries).toEqual([]);
});

test('after a start without files, ids are read from the lake, those of the horizon', async () => {
  await store(0, 1000, START - 8 * DAY);
  await store(1000, 1000, START - 6 * DAY);
  await store(2000, 1000, START - 1000);
  const known = await open({ folder: undefined });
  // before it is known what is missing, every id may be
  expect(known.remember(TABLE, 'first')).toEqual({ from: START - 7 * DAY, to: START, seen: false });
  await known.filled();
  expect(known.remember(TABLE, 'second')).toBe(undefined);
  expect(known.state()).toMatchObject({ count: 2002, since: START - 7 * DAY, short: false, filling: false });
  expect(known.remember(TABLE, 'id-999')).toBe(undefined);
  expect(known.remember(TABLE, 'id-1000')).toMatchObject({ seen: true });
  expect(known.remember(TABLE, 'id-2999')).toMatchObject({ seen: true });
});

test('after a stop and a start only what came since is read', async () => {
  const first = await open();
  await first.filled();
  for (let i = 0; i < 1000; i++) first.remember(TABLE, `id-${i}`);
  now += 5000;
  await close(first);
  // another way in, after the files were written
  await store(5000, 10, now);
  now += 60_000;
  queries.length = 0;
  const second = await open();
  expect(second.remember(TABLE, 'new')).toEqual({ from: now - 60_000, to: now, seen: false });
  expect(second.remember(TABLE, 'id-5')).toMatchObject({ seen: true });
  await second.filled();
  expect(second.remember(TABLE, 'id-5005')).toMatchObject({ seen: true });
  expect(second.remember(TABLE, 'newer')).toBe(undefined);
  // Whether there is anything, how much, and which.
  expect(queries).toHaveLength(3);
  expect(second.state().count).toBe(1012);
});

test('a process that died: what it had not saved is read from the lake', async () => {
  const first = await open();
  await first.filled();
  first.remember(TABLE, 'saved');
  now += 1000;
  await close(first);
  const second = await open();
  await second.filled();
  await store(0, 100, now);
  now += 5000;
  const third = await open();
  await third.filled();
  expect(third.remember(TABLE, 'saved')).toMatchObject({ seen: true });
  expect(third.remember(TABLE, 'id-50')).toMatchObject({ seen: true });
});

test('files of another lake count for nothing', async () => {
  const first = await open();
  await first.filled();
  first.remember(TABLE, 'a');
  now += 1000;
  await close(first);
  const second = await open({ lakeName: 'another' });
  expect(second.remember(TABLE, 'b')).toEqual({ from: now - 7 * DAY, to: now, seen: false });
});

test('a table that was made meanwhile is asked whether it is empty, not assumed to be', async () => {
  const known = await open();
  await createModelTable(real, 'predictions_old');
  await store(0, 10, START - DAY, 'tiltmeter.predictions_old');
  expect(known.remember('tiltmeter.predictions_old', 'x')).toMatchObject({ seen: false });
  await known.filled();
  expect(known.remember('tiltmeter.predictions_old', 'id-3')).toMatchObject({ seen: true });
  expect(known.remember('tiltmeter.predictions_old', 'y')).toBe(undefined);
});

test('a lake that is away is asked again, and until then ids are looked up', async () => {
  await store(0, 10, START - DAY);
  let away = true;
  const query: Lake['query'] = (...args) => (away ? Promise.reject(new Error('away')) : real.query(...args));
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  try {
    const known = await open({ lake: { ...real, query } });
    await until(() => warned.length > 0);
    expect(known.remember(TABLE, 'x')).toMatchObject({ seen: false });
    away = false;
  } finally {
    vi.useRealTimers();
  }
});

test('ids of other servers are followed; what they stored since is looked for', async () => {
  let visible = START;
  const asked: number[] = [];
  const others: Others = {
    visibleTo: async () => visible,
    async arrived(from) {
      asked.push(from);
      return [TABLE];
    },
  };
  await store(0, 10, START - DAY);
  const known = await open({ others });
  await known.filled();
  expect(known.remember(TABLE, 'x')).toEqual({ from: START, to: undefined, seen: false });
  await store(100, 10, START + 10);
  visible = START + 2000;
  let tried = 0;
  await until(() => known.remember(TABLE, `y-${tried++}`)?.from === START + 2000);
  expect(asked).toEqual([START]);
  expect(known.remember(TABLE, 'id-105')).toMatchObject({ seen: true });
  expect(known.remember(TABLE, 'id-5')).toMatchObject({ seen: true });
});

test('a start with many tables asks a hundred of them at once whether anything came, and reads only where it did', async () => {
  const tables = Array.from({ length: 150 }, (_, i) => `predictions_t${i}`);
  for (const table of tables) await createModelTable(real, table);
  await store(0, 10, START - 2 * DAY, `tiltmeter.${tables[140]}`);
  const known = await KnownIds.open(
    { lake, log, now: () => now, horizonMs: 7 * DAY, maxBytes: 1e9, lakeName: 'one' },
    tables.map((table) => `tiltmeter.${table}`),
  );
  opened.push(known);
  await known.filled();
  // Two that ask all of them, one a day for the table that has rows, and one for the ids.
  expect(queries.length).toBeLessThanOrEqual(2 + 8 + 1);
  expect(known.state().count).toBe(10);
  expect(known.remember(`tiltmeter.${tables[0]}`, 'id-3')).toBe(undefined);
  expect(known.remember(`tiltmeter.${tables[140]}`, 'id-3')).toMatchObject({ seen: true });
});
