import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identifier } from '../../tables/identifier.ts';
import { type Ctx, SYSTEM } from '../context.ts';
import { announce } from '../events/write/announce.ts';
import { createIds } from '../ids.ts';
import { createStamps, type Stamps } from '../stamps.ts';
import { columnName } from '../store/lake/column-name.ts';
import { addColumns, createModelTable, modelTableName } from '../store/lake/model-table.ts';
import { openTestLake } from '../store/lake/testing/open-test-lake.ts';
import { openLedger } from '../store/ledger/open.ts';
import type { ArrivalRow, ModelRow } from '../store/ledger/schema.ts';
import { SESSION_BOUNDS } from '../users/authenticate-session.ts';
import { TEST_VAULT } from '../vault.testing.ts';

export const HOUR = 3_600_000;
/** A bucket's edge of every length from a minute to a day: 2026-11-01. */
export const START = Date.UTC(2026, 10, 1);

export interface World {
  readonly ctx: Ctx;
  /** The wall clock; tests move it. */
  now: number;
  close(): Promise<void>;
}

/** Real stores in a folder of their own; for tests and benchmarks of profiles. */
export async function createWorld(): Promise<World> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tiltmeter-profiles-'));
  const silent = { debug() {}, info() {}, warn() {}, error() {} };
  const lake = await openTestLake(dataDir);
  const world = { now: START + 30 * 24 * HOUR } as { -readonly [K in keyof World]: World[K] };
  const clock = () => world.now;
  const ledger = await openLedger({ dataDir, clock });
  world.ctx = {
    actor: SYSTEM,
    vault: TEST_VAULT,
    ledger,
    lake,
    clock,
    stamps: stampsOf(clock),
    monotonic: () => performance.now(),
    turn: async () => {},
    ids: createIds(clock),
    log: silent,
    settings: {
      address: 'http://127.0.0.1',
      hosts: [],
      autoCreateModels: true,
      allowPrivateAddresses: false,
      session: SESSION_BOUNDS,
      startedAt: START,
    },
  };
  world.close = async () => {
    await lake.close();
    await ledger.destroy();
    await rm(dataDir, { recursive: true, force: true });
  };
  return world;
}

/** Stamps that begin anew when a test sets the clock back: it goes on with a model of its own. */
function stampsOf(clock: () => number): Stamps {
  let latest = clock();
  let stamps = createStamps(clock);
  const current = () => {
    if (clock() < latest) stamps = createStamps(clock);
    latest = clock();
    return stamps;
  };
  return {
    next: () => current().next(),
    settled: (stamp) => current().settled(stamp),
    mark: () => current().mark(),
    raise: (floor) => current().raise(floor),
  };
}

export type ColumnTypes = Record<string, 'numeric' | 'categorical' | 'boolean'>;

/** A model with its table and columns, as ingest makes them. */
export async function addModel(
  { ctx }: Pick<World, 'ctx'>,
  id: string,
  types: ColumnTypes,
  change: Partial<ModelRow> = {},
): Promise<void> {
  const row: ModelRow = {
    id,
    name: null,
    table_name: modelTableName(id),
    task: 'unknown',
    owner: null,
    description: null,
    tags: '[]',
    positive_label: null,
    label_type: null,
    bucket_ms: HOUR,
    label_delay_ms: 0,
    ranking_k: 10,
    window_ms: 24 * HOUR,
    retention_days: null,
    impact: null,
    privacy: null,
    runbook: null,
    decisions: null,
    segments: null,
    protected: null,
    upstream: null,
    sources: null,
    review: null,
    payload: null,
    reference_id: null,
    importance: null,
    importance_source: null,
    created_at: ctx.clock(),
    updated_at: ctx.clock(),
    ...change,
  };
  await ctx.ledger.insertInto('models').values(row).execute();
  await createModelTable(ctx.lake, row.table_name);
  await addModelColumns({ ctx }, id, types);
}

export async function addModelColumns(
  { ctx }: Pick<World, 'ctx'>,
  model: string,
  types: ColumnTypes,
): Promise<void> {
  const names = Object.keys(types);
  await addColumns(
    ctx.lake,
    modelTableName(model),
    names.map((name) => ({ name, kind: types[name] === 'numeric' ? 'numeric' : 'text' })),
  );
  const rows = names.map((name, position) => ({
    model,
    name,
    type: types[name]!,
    meaning: null,
    recognised: null,
    looked: 0,
    position,
    declared: 0 as const,
    grid_center: null,
    grid_scale: null,
    safe: 0 as const,
    created_at: ctx.clock(),
  }));
  if (rows.length > 0) await ctx.ledger.insertInto('columns').values(rows).execute();
}

/** Stores rows as they are; `_time` and `_received_at` (default: the stamp of a batch) are epoch milliseconds. */
export async function addPredictions(
  world: World,
  model: string,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const _received_at = stamp(world);
  const stamped = rows.map((row) => ({ _received_at, ...row }));
  const named = stamped.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [columnName(name), value])),
  );
  await insertRows(world, modelTableName(model), named);
  await addArrivals(world, model, 'predictions', Math.max(...stamped.map((row) => row._received_at)));
}

/** The stamp of a batch that is stored at once: the wall clock, or a little more. */
function stamp({ ctx: { stamps } }: Pick<World, 'ctx'>): number {
  const next = stamps.next();
  stamps.settled(next);
  return next;
}

/** Says that there may be rows up to a stamp, as the way in does. */
export async function addArrivals(
  { ctx }: Pick<World, 'ctx'>,
  model: string,
  kind: ArrivalRow['kind'],
  newest: number,
): Promise<void> {
  if (Number.isFinite(newest)) await announce(ctx.ledger, [{ model, kind, newest }]);
}

export interface TestLabel {
  readonly id: string;
  readonly label: string | number;
  readonly received_at?: number;
  /** When it was known; all at one time when absent. */
  readonly time?: number;
}

export async function addLabels(world: World, model: string, labels: readonly TestLabel[]): Promise<void> {
  const now = stamp(world);
  const rows = labels.map(({ id, label, received_at = now, time = START + 30 * 24 * HOUR }) => ({
    model,
    id,
    label: String(label),
    label_number: Number.isFinite(Number(label)) ? Number(label) : null,
    // All known at one time: which of several counts is said by when they came.
    time,
    source: '',
    received_at,
  }));
  await insertRows(world, 'labels', rows);
  await addArrivals(world, model, 'labels', Math.max(...rows.map((row) => row.received_at)));
}

export interface TestOutcome {
  readonly metric: string;
  readonly value: number;
  /** Of the prediction. */
  readonly id?: string;
  /** Epoch milliseconds; when it is stored, when absent. */
  readonly time?: number;
  readonly event_id?: string;
}

export async function addOutcomes(
  world: World,
  model: string,
  outcomes: readonly TestOutcome[],
): Promise<void> {
  const received_at = stamp(world);
  const rows = outcomes.map(({ metric, value, id = '', time = received_at, event_id }) => ({
    ...{ model, metric, value, id, time, received_at },
    event_id: event_id ?? world.ctx.ids.id(),
  }));
  await insertRows(world, 'outcomes', rows);
  await addArrivals(world, model, 'outcomes', received_at);
}

async function insertRows(world: World, table: string, rows: readonly Record<string, unknown>[]) {
  if (rows.length === 0) return;
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const target = `tiltmeter.${identifier(table)}`;
  const json = rows.map((row) => JSON.stringify(inEngineForm(row))).join('\n');
  const types = await world.ctx.lake.query<{ name: string; type: string }>(
    `SELECT name, type FROM system.columns WHERE database = 'tiltmeter' AND table = {table:String}`,
    { table },
  );
  const structure = types.map(({ name, type }) => `${identifier(name)} ${type}`).join(', ');
  await world.ctx.lake.command(
    `INSERT INTO ${target} (${names.map(identifier).join(', ')})
     SELECT ${names.map(identifier).join(', ')} FROM format(JSONEachRow, {structure:String}, {json:String})`,
    { structure, json },
  );
}

const TIMES = new Set(['_time', '_received_at', 'time', 'received_at']);

function inEngineForm(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) =>
      TIMES.has(name)
        ? [name, new Date(value as number).toISOString().replace('T', ' ').replace('Z', '')]
        : [name, value],
    ),
  );
}

/** Every current profile row of a model, without revisions, as comparable text. */
export async function snapshot({ ctx }: World, model: string): Promise<string[]> {
  const rows = await ctx.lake.query(
    `SELECT source, column, toUnixTimestamp64Milli(time) AS at, version, segment, n, missing, invalid, sum, sum2, min, max,
       mapSort(grid) AS g, mapSort(counts) AS c, other
     FROM tiltmeter.profiles FINAL WHERE model = {model:String} AND n > 0 ORDER BY source, column, at, version`,
    { model },
  );
  return rows.map((row) => JSON.stringify(row));
}
