import { BUCKET, IN_BUCKETS } from './table.ts';

/**
 * Buckets that changed since a moment: those of predictions received since, and those of predictions whose label was
 * received since. Parameters: model, bucket_ms, since (epoch ms). Answer: `bucket`, ascending.
 */
export function dirtyBuckets(table: string): string {
  return `SELECT DISTINCT _bucket AS bucket FROM (
  SELECT ${BUCKET} AS _bucket FROM ${table} WHERE _received_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
  UNION ALL
  SELECT ${BUCKET} AS _bucket FROM ${table} WHERE _id IN (
    SELECT id FROM tiltmeter.labels
    WHERE model = {model:String} AND received_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC'))
)
ORDER BY bucket`;
}

/** Rows per bucket, for sizing the work. Parameters: bucket_ms, from, to, buckets. */
export function bucketSizes(table: string): string {
  return `SELECT _bucket AS bucket, count() AS rows
FROM (SELECT ${BUCKET} AS _bucket FROM ${table} WHERE ${IN_BUCKETS})
GROUP BY bucket
ORDER BY bucket`;
}
