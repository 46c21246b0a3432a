import { moment, momentOf } from '../../store/lake/moment.ts';
import { FINAL_SETTINGS } from '../read/queries/profiles.ts';
import { bucketOf, inBuckets } from '../roll-up/queries/table.ts';

/** What has a stamp in a stretch. Parameters: model, came_since, came_until. */
export const IN_STRETCH = `model = {model:String}
    AND received_at >= ${moment('came_since')} AND received_at < ${moment('came_until')}`;

/** What this roll-up put beside predictions. Parameters: model, revision. */
export const LOCATED_NOW = `model = {model:String} AND located = ${moment('revision')}`;

/** Where something is put beside its predictions, and what of it is told apart. */
export interface Located {
  /** Table. */
  readonly table: string;
  /** Expression of a name: labels, or metrics of outcomes. */
  readonly name: string;
  /** The profile that counts it. */
  readonly column: string;
  /** Names that have profiles of their own. */
  readonly apart: number;
}

export interface LocatedPage {
  readonly buckets: number[];
  /** In step with the buckets: what was located, and what the profiles count. */
  readonly fresh: number[];
  readonly profiled: number[];
  /** Distinct names, up to one more than have profiles of their own in a bucket. */
  readonly names: string[];
}

/**
 * Buckets with something that was located not before a revision, ascending, at most `page` of those from `after` on.
 * Parameters: model, bucket_ms, located_since, after, page.
 */
export function locatedPage({ table, name, column, apart }: Located): string {
  const since = `${table}
      WHERE model = {model:String} AND located >= ${moment('located_since')} AND time >= ${moment('after')}`;
  return `SELECT groupArray(bucket) AS buckets, groupArray(fresh_n) AS fresh, groupArray(profiled_n) AS profiled,
  groupUniqArrayArray(${2 * apart})(bucket_names) AS names
FROM (
  SELECT bucket, sum(located_n) AS fresh_n, sum(counted) AS profiled_n, groupUniqArrayArray(${apart + 1})(some) AS bucket_names
  FROM (
    SELECT bucket, count() AS located_n, toUInt64(0) AS counted, groupUniqArray(${apart + 1})(of_name) AS some
    FROM (SELECT ${bucketOf('time')} AS bucket, ${name} AS of_name FROM ${since})
    GROUP BY bucket
    UNION ALL
    SELECT toUnixTimestamp64Milli(time) AS bucket, toUInt64(0), n, CAST([], 'Array(String)')
    FROM tiltmeter.profiles FINAL
    WHERE model = {model:String} AND source = '' AND segment = '' AND column = '${column}' AND n > 0
      AND time GLOBAL IN (SELECT ${momentOf(bucketOf('time'))} FROM ${since})
  )
  GROUP BY bucket
  ORDER BY bucket
  LIMIT {page:UInt64}
)
${FINAL_SETTINGS}`;
}

/** What is stored of each bucket, in the rows of a table. Parameters: model, bucket_ms, from, to, buckets. */
export function storedCounts(rows: string): string {
  return `SELECT bucket, count() AS rows
FROM (SELECT ${bucketOf('time')} AS bucket FROM ${rows}
  WHERE model = {model:String} AND ${inBuckets('time')} ${FINAL_SETTINGS})
GROUP BY bucket`;
}
