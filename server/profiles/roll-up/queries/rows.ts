import { BUCKET, IN_BUCKETS, profileRow } from './table.ts';

/** `_all`: how many predictions each bucket holds. Parameters: model, revision, bucket_ms, from, to, buckets, and those of `version`. */
export function rowProfiles(table: string, version: string): string {
  return `${profileRow({ column: "'_all'", version: 'of_version', n: 'row_count' })}
FROM (
  SELECT ${BUCKET} AS bucket, ${version} AS of_version, count() AS row_count
  FROM ${table} WHERE ${IN_BUCKETS}
  GROUP BY bucket, of_version
)`;
}
