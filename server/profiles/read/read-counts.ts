import type { Ctx } from '../../context.ts';
import { moment } from '../../store/lake/moment.ts';
import { PRODUCTION } from '../profile.ts';
import { currentRows, FINAL_SETTINGS } from './queries/profiles.ts';
import type { ProfileRange } from './read-profiles.ts';

/** How much a column had in one bucket. */
export interface BucketCount {
  readonly column: string;
  /** Start of the bucket. */
  readonly time: number;
  readonly n: number;
  /** Of these, the ones with a value of the column's type. */
  readonly values: number;
}

/** Counts of columns per bucket, all versions together, without what was counted: long stretches are cheap to read. */
export async function readCounts(
  ctx: Pick<Ctx, 'lake'>,
  range: Omit<ProfileRange, 'version'> & { readonly columns: readonly string[] },
): Promise<BucketCount[]> {
  const { sql, params } = currentRows(range, 'column, time, n, missing, invalid');
  return ctx.lake.query<BucketCount>(
    `SELECT column, bucket AS time, all_n AS n, all_values AS values
FROM (
  SELECT column, toUnixTimestamp64Milli(time) AS bucket, sum(n) AS all_n, sum(n - missing - invalid) AS all_values
  FROM (${sql})
  GROUP BY column, bucket
)
${FINAL_SETTINGS}`,
    params,
  );
}

export interface RewrittenRange {
  readonly model: string;
  readonly columns: readonly string[];
  readonly from: number;
  readonly to: number;
  /** The oldest revision that counts as rewritten. */
  readonly revision: number;
}

/** A bucket, and which of the columns that were asked for were rewritten in it. */
export interface RewrittenBucket {
  readonly bucket: number;
  readonly names: readonly string[];
}

/** The first `limit` buckets of a stretch of which a column was written with this revision or a newer one, ascending. */
export async function rewrittenBuckets(
  ctx: Pick<Ctx, 'lake'>,
  { model, columns, from, to, revision }: RewrittenRange,
  limit: number,
): Promise<RewrittenBucket[]> {
  return ctx.lake.query<RewrittenBucket>(
    `SELECT toUnixTimestamp64Milli(time) AS bucket, groupUniqArray(column) AS names FROM tiltmeter.profiles
WHERE model = {model:String} AND ${PRODUCTION} AND segment = '' AND column IN {columns:Array(String)}
  AND time >= ${moment('from')} AND time < ${moment('to')}
  AND revision >= ${moment('revision')}
GROUP BY bucket
ORDER BY bucket
LIMIT {limit:UInt32}`,
    { model, columns: [...columns], from, to, revision, limit },
  );
}

/** The first bucket with predictions at or after `from`; undefined when there is none. */
export async function firstBucketFrom(
  ctx: Pick<Ctx, 'lake'>,
  model: string,
  from: number,
): Promise<number | undefined> {
  const [row] = await ctx.lake.query<{ bucket: number }>(
    `SELECT toUnixTimestamp64Milli(time) AS bucket FROM tiltmeter.profiles
WHERE model = {model:String} AND ${PRODUCTION} AND segment = '' AND column = '_all' AND n > 0
  AND time >= ${moment('from')}
ORDER BY time
LIMIT 1`,
    { model, from },
  );
  return row?.bucket;
}
