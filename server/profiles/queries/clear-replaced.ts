import { PROFILE_COLUMNS } from './table.ts';

/**
 * Empties the rows of rewritten buckets that this revision did not write again (a label that changed leaves its old
 * `_score|label` behind; a shorter bucket_ms leaves the longer buckets). Parameters: model, revision, bucket_ms, buckets.
 * `rest`: every production row outside the buckets too, for when all of a model was rolled up afresh.
 */
export function clearReplaced(rest: boolean): string {
  const bucket = 'intDiv(toUnixTimestamp64Milli(time), {bucket_ms:Int64}) * {bucket_ms:Int64}';
  const where = rest
    ? `${bucket} NOT IN {buckets:Array(Int64)}`
    : `time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    AND ${bucket} IN {buckets:Array(Int64)}`;
  return `INSERT INTO tiltmeter.profiles (${PROFILE_COLUMNS})
SELECT model, source, column, time, version, segment, 0, 0, 0, 0, 0, NULL, NULL, map(), map(), 0,
  fromUnixTimestamp64Milli({revision:Int64}, 'UTC')
FROM tiltmeter.profiles
WHERE model = {model:String} AND source = '' AND ${where}
GROUP BY model, source, column, time, version, segment
HAVING max(revision) < fromUnixTimestamp64Milli({revision:Int64}, 'UTC') AND argMax(n, revision) > 0`;
}
