import type { Ctx } from '../../context.ts';
import { type BucketTraffic, TRAFFIC_BUCKETS, type VersionSeen } from './profile-head.ts';
import {
  allColumns,
  EXPECTED_COLUMNS,
  NEWEST,
  TRAFFIC,
  type Written,
  type WrittenColumn,
  writtenColumns,
} from './queries.ts';

export interface ColumnFacts {
  readonly n: number;
  /** First and newest bucket; meaningless when n is 0. */
  readonly first: number;
  readonly last: number;
  /** Rows that were emptied. */
  readonly emptied: number;
}

/** What a stretch of profiles holds. */
export interface Facts {
  readonly columns: ReadonlyMap<string, ColumnFacts>;
  readonly traffic: readonly BucketTraffic[];
  readonly versions: readonly VersionSeen[];
}

/** What a roll-up wrote. `newest`: the bucket up to which traffic is kept. */
export async function readWritten(
  ctx: Pick<Ctx, 'lake'>,
  written: Written,
  { newest, bucketMs }: { newest: number; bucketMs: number },
): Promise<Facts> {
  const { sql, params } = writtenColumns(written, newest - TRAFFIC_BUCKETS * bucketMs);
  return factsOf(await ctx.lake.query<WrittenColumn>(sql, params, { background: true }));
}

/**
 * What all profiles of a model hold, and their newest revision: the one look at history, for a model whose head was lost
 * or never made, or whose last roll-up died half way.
 */
export async function readAll(
  ctx: Pick<Ctx, 'lake'>,
  model: string,
  bucketMs: number,
): Promise<Facts & { readonly revision: number }> {
  const background = { background: true };
  const [row] = await ctx.lake.query<{ bucket: number; revision: number }>(NEWEST, { model }, background);
  const { bucket = 0, revision = 0 } = row ?? {};
  const { sql, params } = allColumns(model, bucket - TRAFFIC_BUCKETS * bucketMs);
  return { ...factsOf(await ctx.lake.query<WrittenColumn>(sql, params, background)), revision };
}

/** Predictions of the newest buckets, those of rows and those that agents counted. `newest`: the bucket up to which traffic is kept. */
export async function readTraffic(
  ctx: Pick<Ctx, 'lake'>,
  model: string,
  { newest, bucketMs }: { newest: number; bucketMs: number },
): Promise<BucketTraffic[]> {
  const since = Math.max(0, newest - TRAFFIC_BUCKETS * bucketMs);
  return ctx.lake.query<BucketTraffic & Record<string, number>>(
    TRAFFIC,
    { model, since },
    { background: true },
  );
}

/** What the profiles of a few columns hold, all of time. */
export async function readSome(
  ctx: Pick<Ctx, 'lake'>,
  model: string,
  columns: readonly string[],
): Promise<Facts> {
  const { sql, params } = allColumns(model, Number.MAX_SAFE_INTEGER, columns);
  return factsOf(await ctx.lake.query<WrittenColumn>(sql, params, { background: true }));
}

/** Columns that have values in a reference file: they are expected from the first bucket on. */
export async function readExpected(ctx: Pick<Ctx, 'lake'>, model: string): Promise<string[]> {
  const rows = await ctx.lake.query<{ column: string }>(EXPECTED_COLUMNS, { model }, { background: true });
  return rows.map(({ column }) => column);
}

function factsOf(rows: readonly WrittenColumn[]): Facts {
  const all = rows.find(({ column }) => column === '_all');
  return {
    columns: new Map(
      rows.map(({ column, n, first, last, emptied }) => [column, { n, first, last, emptied }]),
    ),
    traffic: all?.times.map((time, i) => ({ time, n: all.counts[i]! })) ?? [],
    versions: all?.versions.map((version, i) => ({ version, last: all.version_times[i]! })) ?? [],
  };
}
