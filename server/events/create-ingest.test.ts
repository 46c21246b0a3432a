import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TiltmeterError } from '../../contract/errors.ts';
import { until } from '../../test/until.ts';
import { type Ctx, SYSTEM } from '../context.ts';
import { createIds } from '../ids.ts';
import { Schemas } from '../models/columns/schemas.ts';
import { createStamps } from '../stamps.ts';
import type { InsertBatch, Lake } from '../store/lake/lake.ts';
import { openLake } from '../store/lake/open.ts';
import { openLedger } from '../store/ledger/open.ts';
import { SESSION_BOUNDS } from '../users/authenticate-session.ts';
import { TEST_VAULT } from '../vault.testing.ts';
import { newestArrivals } from './arrivals.ts';
import { createIngest, type Ingest } from './ingest.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };
let dataDir: string;
let real: Lake;
let ctx: Ctx;
/** What happens around an insert: before it is sent, and before its answer is told. */
let before: (batch: InsertBatch) => Promise<void>;
let after: (batch: InsertBatch) => Promise<void>;
let inserts: InsertBatch[];
let ingest: Ingest;
/** By how much the monotonic clock was put forward. */
let leapt: number;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tiltmeter-ingest-'));
  real = await openLake({ dataDir, log: silent });
  const ledger = await openLedger({ dataDir, clock: Date.now });
  before = after = async () => {};
  leapt = 0;
  inserts = [];
  const lake: Lake = {
    ...real,
    query: (...args) => real.query(...args),
    command: (...args) => real.command(...args),
    async insert(batch) {
      inserts.push(batch);
      await before(batch);
      await real.insert(batch);
      await after(batch);
    },
    close: () => real.close(),
  };
  const clock = Date.now;
  const ids = createIds(clock);
  const limits = { retryMs: 1, lingerMs: 1 };
  const settings = {
    address: '',
    hosts: [],
    autoCreateModels: true,
    allowPrivateAddresses: false,
    session: SESSION_BOUNDS,
    startedAt: 0,
  };
  const schemas = new Schemas({ lake, ledger, vault: TEST_VAULT, clock, maxColumns: 1000 });
  const stamps = createStamps(clock);
  const monotonic = () => performance.now() + leapt;
  ingest = await createIngest({ lake, schemas, ledger, clock, monotonic, stamps, ids, log: silent, limits });
  const turn = async () => {};
  ctx = {
    actor: SYSTEM,
    vault: TEST_VAULT,
    ledger,
    lake,
    clock,
    stamps,
    monotonic,
    turn,
    ids,
    log: silent,
    settings,
  };
});

afterEach(async () => {
  await ingest.close();
  await real.close();
  await ctx.ledger.destroy();
  await rm(dataDir, { recursive: true, force: true });
});

const events = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    value: { model: 'm', id: `id-${from + i}`, features: { a: i } },
  }));
const accept = (from: number, count: number) => ingest.accept(ctx, 'predictions', events(from, count));
const stored = async () => {
  const [row] = await real.query<{ n: number; ids: number }>(
    'SELECT count() AS n, uniqExact(_id) AS ids FROM tiltmeter.predictions_m',
  );
  return { n: Number(row!.n), ids: Number(row!.ids) };
};
const away = () => Promise.reject(new TiltmeterError('store_unavailable', undefined, { retryAfter: 1 }));

test('an insert whose answer was lost is not repeated', async () => {
  let lost = 0;
  after = () => (lost++ === 0 ? away() : Promise.resolve());
  expect(await accept(0, 10)).toMatchObject({ stored: 10, duplicates: 0 });
  expect(await stored()).toEqual({ n: 10, ids: 10 });
  expect(inserts).toHaveLength(1);
});

test('a model is told before its rows are stored, and the mark stands still until the last try has ended', async () => {
  const newest = async () => (await newestArrivals(ctx)).get('m')?.predictions;
  const stampOf = async (id: string) => {
    const [row] = await real.query<{ at: number }>(
      'SELECT toUnixTimestamp64Milli(_received_at) AS at FROM tiltmeter.predictions_m WHERE _id = {id:String}',
      { id },
    );
    return row!.at;
  };
  const seen: { told: number | undefined; mark: number }[] = [];
  // the first try arrives without its answer; what it wrote bears the stamp that is still under way
  after = async () => {
    seen.push({ told: await newest(), mark: ctx.stamps.mark() });
    await until(() => Date.now() > seen[0]!.mark);
    seen.push({ told: await newest(), mark: ctx.stamps.mark() });
    if (seen.length === 2) await away();
  };
  await accept(0, 3);
  const stamp = await stampOf('id-0');
  for (const { told, mark } of seen) {
    expect(told).toBeGreaterThanOrEqual(stamp);
    expect(mark).toBe(stamp);
  }
  expect(ctx.stamps.mark()).toBeGreaterThan(stamp);
  await accept(3, 3);
  expect(await stampOf('id-3')).toBeGreaterThan(stamp);

  // given up: its rows will not come
  before = away;
  await expect(accept(6, 3)).rejects.toMatchObject({ code: 'store_unavailable' });
  const mark = ctx.stamps.mark();
  await until(() => ctx.stamps.mark() > mark);
});

test('an insert that never arrived is repeated', async () => {
  let tries = 0;
  before = () => (tries++ < 2 ? away() : Promise.resolve());
  expect(await accept(0, 10)).toMatchObject({ stored: 10 });
  expect(await stored()).toEqual({ n: 10, ids: 10 });
});

test('a store that stays away: nothing is acknowledged, and the same request works later', async () => {
  after = away;
  before = async () => {
    if (inserts.length > 1) await away();
  };
  // The first try arrived without its answer and was found again.
  expect(await accept(0, 5)).toMatchObject({ stored: 5 });
  before = away;
  await expect(accept(5, 5)).rejects.toMatchObject({ code: 'store_unavailable' });
  expect(await stored()).toEqual({ n: 5, ids: 5 });
  before = after = async () => {};
  expect(await accept(0, 10)).toMatchObject({ received: 10, stored: 5, duplicates: 5 });
  expect(await stored()).toEqual({ n: 10, ids: 10 });
  expect(ingest.counters()).toMatchObject({ failed: 1, received: 15, stored: 10, duplicates: 5 });
});

test('a duplicate of a row that is being written is answered when that row is stored, or fails with it', async () => {
  const gate = Promise.withResolvers<void>();
  before = () => gate.promise;
  const first = accept(0, 3);
  while (inserts.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const second = accept(0, 3);
  gate.reject(new TiltmeterError('disk_full'));
  await expect(first).rejects.toMatchObject({ code: 'disk_full' });
  await expect(second).rejects.toMatchObject({ code: 'disk_full' });
  before = async () => {};
  expect(await accept(0, 3)).toMatchObject({ stored: 3 });
});

test('closing stores what was accepted and takes nothing more', async () => {
  const pending = [accept(0, 20), accept(20, 20)];
  await new Promise((resolve) => setImmediate(resolve));
  await ingest.close();
  expect((await Promise.all(pending)).map((receipt) => receipt.stored)).toEqual([20, 20]);
  expect(await stored()).toEqual({ n: 40, ids: 40 });
  await expect(accept(40, 1)).rejects.toMatchObject({ code: 'stopping' });
});

test('many requests at once share an insert', async () => {
  await accept(0, 1);
  inserts = [];
  await Promise.all(Array.from({ length: 30 }, (_, i) => accept(100 * i + 1, 10)));
  expect(inserts.length).toBeLessThan(5);
  expect((await stored()).n).toBe(301);
});

test('columns and types that another server settled first are taken over', async () => {
  await accept(0, 1);
  const other = await createIngest({
    lake: real,
    schemas: new Schemas({ ...ctx, lake: real, maxColumns: 1000 }),
    ledger: ctx.ledger,
    clock: Date.now,
    monotonic: ctx.monotonic,
    stamps: createStamps(Date.now),
    ids: ctx.ids,
    log: silent,
  });
  const send = (to: Ingest, id: string, b: unknown) =>
    to.accept(ctx, 'predictions', [{ value: { model: 'm', id, features: { b } } }]);
  await other.accept(ctx, 'predictions', [{ value: { model: 'm', id: 'o0', features: { a: 1 } } }]);
  await send(ingest, 'here', 'text');
  expect(await send(other, 'there', 5)).toMatchObject({ stored: 1 });
  const rows = await real.query<{ _id: string; b: string | null; _misfit: Record<string, string> }>(
    "SELECT _id, _f_b AS b, _misfit FROM tiltmeter.predictions_m WHERE _id IN ('here', 'there') ORDER BY _id",
  );
  expect(rows).toEqual([
    { _id: 'here', b: 'text', _misfit: {} },
    { _id: 'there', b: null, _misfit: { b: '5' } },
  ]);
  await other.close();
});

test('a store that never answers holds up no stop for ever: what was not acknowledged is left, and said', async () => {
  const held = Promise.withResolvers<void>();
  before = () => held.promise;
  const answer = accept(0, 1).then(
    () => 'acknowledged',
    () => 'refused',
  );
  await until(() => inserts.length > 0);
  const closing = ingest.close();
  expect(await Promise.race([closing.then(() => 'closed'), answer, setTimeout(50, 'open')])).toBe('open');
  leapt = 60_000;
  await closing;
  expect(await Promise.race([answer, setTimeout(50, 'waits')])).toBe('waits');
  held.resolve();
  await answer;
});
