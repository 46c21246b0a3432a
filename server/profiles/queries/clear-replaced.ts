import { PROFILE_COLUMNS } from './table.ts';

const BUCKET = 'intDiv(toUnixTimestamp64Milli(time), {bucket_ms:Int64}) * {bucket_ms:Int64}';

const REWRITTEN = `time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
  AND ${BUCKET} IN {buckets:Array(Int64)}`;

/**
 * Empties the production rows of rewritten buckets that this revision did not write again: a label that changed leaves
 * its old `_score|label` behind. `everything`: those of all other buckets too, which are of another bucket length.
 * Parameters: model, revision, bucket_ms, from, to, buckets.
 */
export function clearReplaced(everything: boolean): string {
  return `INSERT INTO tiltmeter.profiles (${PROFILE_COLUMNS})
SELECT model, source, column, time, version, segment, 0, 0, 0, 0, 0, NULL, NULL, map(), map(), 0,
  fromUnixTimestamp64Milli({revision:Int64}, 'UTC')
FROM tiltmeter.profiles
WHERE model = {model:String} AND source = '' ${everything ? '' : `AND ${REWRITTEN}`}
GROUP BY model, source, column, time, version, segment
HAVING max(revision) < fromUnixTimestamp64Milli({revision:Int64}, 'UTC') AND argMax(n, revision) > 0`;
}
