import { BUCKET, IN_BUCKETS, PROFILE_COLUMNS } from './table.ts';

/** `_all`: how many predictions each bucket holds. Parameters: model, revision, bucket_ms, from, to, buckets. */
export function rollUpRows(table: string): string {
  return `INSERT INTO tiltmeter.profiles (${PROFILE_COLUMNS})
SELECT {model:String}, '', '_all', fromUnixTimestamp64Milli(${BUCKET} AS _bucket, 'UTC'), _version, '',
  count(), 0, 0, 0, 0, NULL, NULL, map(), map(), 0, fromUnixTimestamp64Milli({revision:Int64}, 'UTC')
FROM ${table}
WHERE ${IN_BUCKETS}
GROUP BY _bucket, _version`;
}
