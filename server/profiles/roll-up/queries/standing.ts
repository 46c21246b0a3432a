import { BUCKET, IN_BUCKETS, inBuckets } from './table.ts';

export interface StandingBucket {
  readonly bucket: number;
  /** Predictions that the table holds, and that the profiles count. */
  readonly rows: number;
  readonly profiled: number;
}

/** Buckets as they are and as they were last counted. Parameters: model, bucket_ms, from, to, buckets. */
export function standingBuckets(table: string): string {
  return `SELECT bucket, sum(stored) AS rows, sum(counted) AS profiled
FROM (
  SELECT ${BUCKET} AS bucket, toUInt64(1) AS stored, toUInt64(0) AS counted FROM ${table} WHERE ${IN_BUCKETS}
  UNION ALL
  SELECT bucket, toUInt64(0) AS stored, n AS counted
  FROM (
    SELECT toUnixTimestamp64Milli(time) AS bucket, n FROM tiltmeter.profiles FINAL
    WHERE model = {model:String} AND source = '' AND segment = '' AND column = '_all' AND ${inBuckets('time')}
  )
)
GROUP BY bucket
ORDER BY bucket
SETTINGS do_not_merge_across_partitions_select_final = 1`;
}
