import { numericValue } from '../../models/columns/probabilities.ts';
import type { ProfiledColumn } from '../../models/columns/profiled-columns.ts';
import { isTooLarge } from '../../store/lake/in-parts.ts';
import { AHEAD_MS } from '../heads/open-head.ts';
import { OWN_VERSIONS } from '../profile.ts';
import type { Stretch } from './open-columns.ts';
import { type ArrivedBucket, type ArrivedRow, arrived, arrivedBuckets, stampsOf } from './queries/arrived.ts';
import type { Run } from './run.ts';

export interface Asked {
  /** Columns of which is told whether values came. */
  readonly asked: readonly ProfiledColumn[];
  /** Buckets from here on, at most so many. */
  readonly after: number;
  readonly most: number;
}

export interface ArrivedPage {
  readonly page: ArrivedRow;
  /** There are buckets after those of the page. */
  readonly more: boolean;
}

/**
 * The buckets that predictions with stamps of a stretch belong to. When so many have come that one statement cannot read
 * them, the stretch is read in halves: what comes at once may be any number of rows.
 */
export async function arrivedPage(run: Run, stretch: Stretch, asked: Asked): Promise<ArrivedPage> {
  try {
    return await read(run, stretch, asked);
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    return inHalves(run, await occupied(run, stretch), asked, error);
  }
}

async function inHalves(run: Run, stretch: Stretch, asked: Asked, reason: unknown): Promise<ArrivedPage> {
  const { since, until } = stretch;
  if (until - since <= 1) throw reason;
  const middle = Math.floor((since + until) / 2);
  const before = await readOrHalve(run, { since, until: middle }, asked);
  return together(before, await readOrHalve(run, { since: middle, until }, asked));
}

async function readOrHalve(run: Run, stretch: Stretch, asked: Asked): Promise<ArrivedPage> {
  await run.ctx.turn();
  try {
    return await read(run, stretch, asked);
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    return inHalves(run, stretch, asked, error);
  }
}

/** The part of a stretch that has stamps: a first roll-up looks from the beginning of time on. */
async function occupied({ ctx, table }: Run, stretch: Stretch): Promise<Stretch> {
  const [row] = await ctx.lake.query<{ first: number; last: number }>(
    stampsOf(table),
    { ...stretch },
    { background: true },
  );
  return row ? { since: row.first, until: row.last + 1 } : stretch;
}

async function read(
  { ctx, table, model }: Run,
  stretch: Stretch,
  { asked, after, most }: Asked,
): Promise<ArrivedPage> {
  const { lake } = ctx;
  const params = { ...stretch, after, bucket_ms: model.bucket_ms, ahead: AHEAD_MS, page: most };
  const question = { table, columns: asked.map(({ name }) => numericValue(name)), versions: OWN_VERSIONS };
  const background = { background: true };
  if (asked.length <= FEW_COLUMNS) {
    const rows = await lake.query<ArrivedBucket>(arrivedBuckets(question), params, background);
    return { page: pageOf(rows, asked.length), more: rows.length >= most };
  }
  const [page = NOTHING] = await lake.query<ArrivedRow>(arrived(question), params, background);
  return { page, more: page.buckets.length >= most };
}

/** Of so many columns it is told bucket by bucket whether values came; of more the engine tells the sum. */
const FEW_COLUMNS = 8;

function pageOf(rows: readonly ArrivedBucket[], columns: number): ArrivedRow {
  if (rows.length === 0) return NOTHING;
  const versions = new Set<string>();
  const values = new Array<number>(columns).fill(0);
  const firsts = new Array<number>(columns).fill(Number.MAX_SAFE_INTEGER);
  let [event, oldest, newest] = [0, Number.POSITIVE_INFINITY, 0];
  for (const row of rows) {
    event = Math.max(event, row._event);
    oldest = Math.min(oldest, row._oldest);
    newest = Math.max(newest, row._newest);
    for (const version of row._versions) if (versions.size < 2 * OWN_VERSIONS) versions.add(version);
    row._values.forEach((n, k) => {
      values[k]! += n;
      if (n > 0) firsts[k] = Math.min(firsts[k]!, row._bucket);
    });
  }
  const buckets = rows.map(({ _bucket }) => _bucket);
  const ns = rows.map(({ _n }) => _n);
  return { buckets, ns, event, oldest, newest, versions: [...versions], values, firsts };
}

const NOTHING: ArrivedRow = {
  buckets: [],
  ns: [],
  event: 0,
  oldest: 0,
  newest: 0,
  versions: [],
  values: [],
  firsts: [],
};

/**
 * One page of two, which ends where the first of them had to end. Pure.
 * `together(a, b)` of buckets [0, 1] and [1, 2] → buckets [0, 1, 2], rows of bucket 1 added
 */
export function together(a: ArrivedPage, b: ArrivedPage): ArrivedPage {
  const [one, two] = [a.page, b.page];
  if (one.buckets.length === 0) return b;
  if (two.buckets.length === 0) return a;
  const ends = [a, b].filter(({ more }) => more).map(({ page }) => page.buckets.at(-1)!);
  const end = Math.min(...ends);
  const counts = new Map<number, number>();
  for (const { buckets, ns } of [one, two])
    buckets.forEach((bucket, i) => {
      if (bucket <= end) counts.set(bucket, (counts.get(bucket) ?? 0) + ns[i]!);
    });
  const buckets = [...counts.keys()].sort((x, y) => x - y);
  return {
    page: {
      buckets,
      ns: buckets.map((bucket) => counts.get(bucket)!),
      event: Math.max(one.event, two.event),
      oldest: Math.min(one.oldest, two.oldest),
      newest: Math.max(one.newest, two.newest),
      versions: [...new Set([...one.versions, ...two.versions])],
      values: one.values.map((n, k) => n + two.values[k]!),
      firsts: one.firsts.map((first, k) => Math.min(first, two.firsts[k]!)),
    },
    more: ends.length > 0,
  };
}
