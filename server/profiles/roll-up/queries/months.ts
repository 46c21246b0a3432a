import { moment, momentOf } from '../../../store/lake/moment.ts';
import { BUCKET, finiteSum, insertProfiles, profileRow } from './table.ts';

export interface Month {
  /** Its beginning, epoch ms. */
  readonly month: number;
  /** Predictions that the table holds, and that the profiles count. */
  readonly rows: number;
  readonly profiled: number;
}

const startOfMonth = (time: string) =>
  `toInt64(toUnixTimestamp(toDateTime(toStartOfMonth(${time}), 'UTC'))) * 1000`;

/** The months that the buckets of a model lie in, by their beginning; of the length that they had. Parameters: model, bucket_ms. */
export function months(table: string): string {
  return `SELECT month, sum(stored) AS rows, sum(counted) AS profiled
FROM (
  SELECT ${startOfMonth(momentOf(BUCKET))} AS month, count() AS stored, toUInt64(0) AS counted FROM ${table} GROUP BY month
  UNION ALL
  SELECT ${startOfMonth('time')} AS month, toUInt64(0), sum(n)
  FROM tiltmeter.profiles FINAL
  WHERE model = {model:String} AND source = '' AND segment = '' AND column = '_all'
  GROUP BY month
)
GROUP BY month
ORDER BY month
SETTINGS do_not_merge_across_partitions_select_final = 1`;
}

const OURS = `model = {model:String} AND source = '' AND (segment = '' OR position(segment, '=') > 0)
    AND time >= ${moment('from')} AND time < ${moment('to')} AND n > 0 AND revision < ${moment('revision')}`;

const STANDING = `FROM (
  SELECT toUnixTimestamp64Milli(time) AS bucket, column AS of_column, version AS of_version, segment AS of_segment
  FROM tiltmeter.profiles FINAL WHERE ${OURS}`;

/** Empties what a stretch of time holds of older revisions. Parameters: model, revision, from, to. */
export const EMPTY_STRETCH =
  insertProfiles(`${profileRow({ column: 'of_column', version: 'of_version', segment: 'of_segment', n: '0' })}
${STANDING}
  SETTINGS do_not_merge_across_partitions_select_final = 1
)`);

/**
 * Puts the buckets of one column in a stretch of time together into longer ones; the shorter ones are emptied in the same
 * statement, so that repeating it changes no number. Parameters: model, revision, from, to, column, bucket_ms.
 */
export const MERGE_BUCKETS = insertProfiles(
  `${profileRow({
    column: 'of_column',
    version: 'of_version',
    segment: 'of_segment',
    n: '0',
    revision: momentOf('{revision:Int64} - 1'),
  })}
${STANDING} AND column = {column:String}
  SETTINGS do_not_merge_across_partitions_select_final = 1
)`,
  `${profileRow({
    column: '{column:String}',
    version: 'of_version',
    segment: 'of_segment',
    n: 'all_n',
    missing: 'all_missing',
    invalid: 'all_invalid',
    sum: finiteSum('all_sum'),
    sum2: finiteSum('all_sum2'),
    min: 'all_min',
    max: 'all_max',
    grid: 'all_grid',
    counts: 'all_counts',
    other: 'all_other',
  })}
FROM (
  SELECT bucket, of_version, of_segment, sum(n) AS all_n, sum(missing) AS all_missing, sum(invalid) AS all_invalid,
    sum(sum) AS all_sum, sum(sum2) AS all_sum2, min(min) AS all_min, max(max) AS all_max,
    sumMap(grid) AS all_grid, sumMap(counts) AS all_counts, sum(other) AS all_other
  FROM (
    SELECT intDiv(toUnixTimestamp64Milli(time), {bucket_ms:Int64}) * {bucket_ms:Int64} AS bucket, version AS of_version, segment AS of_segment,
      n, missing, invalid, sum, sum2, min, max, grid, counts, other
    FROM tiltmeter.profiles FINAL WHERE ${OURS} AND column = {column:String}
    SETTINGS do_not_merge_across_partitions_select_final = 1
  )
  GROUP BY bucket, of_version, of_segment
)`,
);

/** Empties what a stretch of time holds of segments that there are not any more. Parameters: model, revision, from, to, keys. */
export const EMPTY_SEGMENTS =
  insertProfiles(`${profileRow({ column: 'of_column', version: 'of_version', segment: 'of_segment', n: '0' })}
${STANDING} AND segment != '' AND NOT has({keys:Array(String)}, segment)
  SETTINGS do_not_merge_across_partitions_select_final = 1
)`);
