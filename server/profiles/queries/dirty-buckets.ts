import { BUCKET, IN_BUCKETS } from './table.ts';

export interface TouchedBucket {
  readonly bucket: number;
  /** Checksum of the rows and labels received since `since`, and of those since `later`; '0' for none. */
  readonly checksum: string;
  readonly later_checksum: string;
}

/**
 * Buckets touched since a moment: those of predictions received since, and those of predictions whose label was, with
 * checksums that tell whether anything became visible between two looks. Parameters: model, bucket_ms, since, later.
 */
export function touchedBuckets(table: string): string {
  const since = "fromUnixTimestamp64Milli({since:Int64}, 'UTC')";
  return `SELECT bucket, toString(sum(hash)) AS checksum,
  toString(sumIf(hash, received >= fromUnixTimestamp64Milli({later:Int64}, 'UTC'))) AS later_checksum
FROM (
  SELECT ${BUCKET} AS bucket, _received_at AS received, cityHash64(_id, _received_at) AS hash
  FROM ${table} WHERE _received_at >= ${since}
  UNION ALL
  SELECT bucket, received_at AS received, cityHash64(id, label, received_at) AS hash
  FROM (
    SELECT _id, ${BUCKET} AS bucket FROM ${table}
    WHERE _id IN (SELECT id FROM tiltmeter.labels WHERE model = {model:String} AND received_at >= ${since})
  ) AS predictions
  INNER JOIN (
    SELECT id, label, received_at FROM tiltmeter.labels WHERE model = {model:String} AND received_at >= ${since}
  ) AS labels ON predictions._id = labels.id
)
GROUP BY bucket
ORDER BY bucket`;
}

/** Rows per bucket, for sizing the work. Parameters: bucket_ms, from, to, buckets. */
export function bucketSizes(table: string): string {
  return `SELECT _bucket AS bucket, count() AS rows
FROM (SELECT ${BUCKET} AS _bucket FROM ${table} WHERE ${IN_BUCKETS})
GROUP BY bucket
ORDER BY bucket`;
}
