import { SENT_PROFILES } from '../../events/sent-profiles-table.ts';
import { moment, momentOf } from '../../store/lake/moment.ts';
import { SENT, TOP_CATEGORIES } from '../profile.ts';
import { FINAL_SETTINGS } from '../read/queries/profiles.ts';
import { versionOf } from '../roll-up/queries/sources.ts';
import {
  ARRIVED,
  bucketOf,
  finiteSum,
  inBuckets,
  insertProfiles,
  profileRow,
} from '../roll-up/queries/table.ts';

/** A bucket that profiles came for. */
export interface SentBucket {
  readonly bucket: number;
  /** Profiles that are stored of it, all agents together. */
  readonly profiles: number;
}

const CAME = `model = {model:String} AND ${ARRIVED.replaceAll('_received_at', 'received_at')}`;

/** The next buckets that profiles came for in a stretch of stamps. Parameters: model, bucket_ms, since, until, after, page. */
export const SENT_BUCKETS = `SELECT ${bucketOf('time')} AS bucket, count() AS profiles
FROM ${SENT_PROFILES}
WHERE ${CAME} AND time >= ${moment('after')}
GROUP BY bucket
ORDER BY bucket
LIMIT {page:UInt32}`;

/** A column that profiles came of; the grid is that of the most values. */
export interface SentColumn {
  readonly column: string;
  readonly type: 'numeric' | 'categorical' | 'boolean';
  readonly center: number;
  readonly scale: number;
  readonly first: number;
}

/** The columns that profiles with values came of in a stretch of stamps. Parameters: model, bucket_ms, since, until. */
export const SENT_COLUMNS = `SELECT column_name AS column, argMax(of_type, present) AS type, argMax(of_center, present) AS center,
  argMax(of_scale, present) AS scale, min(of_first) AS first
FROM (
  SELECT toString(column) AS column_name, toString(type) AS of_type, center AS of_center, scale AS of_scale,
    sum(n - missing) AS present, min(${bucketOf('time')}) AS of_first
  FROM ${SENT_PROFILES}
  WHERE ${CAME} AND type != 'rows' AND n > missing
  GROUP BY column_name, of_type, of_center, of_scale
)
GROUP BY column_name
ORDER BY sum(present) DESC, column_name`;

/** Until when the predictions go that profiles came of in a stretch, and when the last profile came. Parameters: model, since, until. */
export const SENT_NEWEST = `SELECT toUnixTimestamp64Milli(max(last)) AS event, toUnixTimestamp64Milli(max(received_at)) AS received
FROM ${SENT_PROFILES}
WHERE ${CAME}`;

const counted = (where: string) => `SELECT sum(n) AS counted
FROM tiltmeter.profiles FINAL
WHERE model = {model:String} AND source = '${SENT}' AND segment = '' AND column = '_all'${where}
${FINAL_SETTINGS}`;

/** Predictions that the merged profiles of some buckets count. Parameters: those of chunkParams. */
export const SENT_COUNTED = counted(` AND ${inBuckets('time')}`);
/** The same of all of a model. Parameter: model. */
export const ALL_SENT = counted('');

/** Cells on the grid of the column: as they are where the profile lies on it, else by the middle of each. */
const CELLS = `if(of_scale = 0 OR (center = of_center AND scale = of_scale), mapKeys(grid),
      arrayMap(c -> toInt32(greatest(-2147483648., least(2147483647.,
        floor(64 * asinh((center + scale * sinh((c + 0.5) / 64) - of_center) / of_scale))))), mapKeys(grid)))`;

/**
 * Merges all profiles of some buckets, whichever agent they came from. Values of another type than the column has are invalid. Parameters: those of
 * chunkParams, revision; in step: s_names, s_numeric (1: counted as numbers), s_centers, s_scales; versions when folded.
 */
export function mergeSent(folded: boolean): string {
  const of = (array: string) => `{${array}}[indexOf({s_names:Array(String)}, column)]`;
  const own = `type = 'rows' OR (type = 'numeric') = (of_numeric = 1)`;
  const kept = `arraySlice(arraySort(p -> (-toInt64(p.2), p.1), arrayZip(all_counts.1, all_counts.2)), 1, ${TOP_CATEGORIES})`;
  const rows = `SELECT ${bucketOf('time')} AS bucket, ${versionOf('version', folded)} AS of_version, toString(column) AS of_column,
      ${of('s_numeric:Array(UInt8)')} AS of_numeric, ${of('s_centers:Array(Float64)')} AS of_center, ${of('s_scales:Array(Float64)')} AS of_scale,
      ${own} AS fits, n, missing, if(fits, invalid, toUInt64(n - missing)) AS bad, if(fits, sum, 0) AS sum1, if(fits, sum2, 0) AS sum_2,
      if(fits, min, NULL) AS low, if(fits, max, NULL) AS high, if(fits, ${CELLS}, []) AS cells, if(fits, mapValues(grid), []) AS cell_counts,
      if(fits, mapKeys(counts), []) AS names, if(fits, mapValues(counts), []) AS name_counts, if(fits, other, 0) AS rest
    FROM ${SENT_PROFILES} FINAL
    WHERE model = {model:String} AND ${inBuckets('time')} AND (type = 'rows' OR has({s_names:Array(String)}, column))
    ${FINAL_SETTINGS}`;
  return insertProfiles(`${profileRow({
    source: `'${SENT}'`,
    column: 'of_column',
    version: 'of_version',
    n: 'all_n',
    missing: 'all_missing',
    invalid: 'all_invalid',
    sum: finiteSum('all_sum'),
    sum2: finiteSum('all_sum2'),
    min: 'all_min',
    max: 'all_max',
    grid: 'mapFromArrays(all_grid.1, all_grid.2)',
    counts: "CAST((arrayMap(p -> p.1, kept), arrayMap(p -> p.2, kept)), 'Map(String, UInt64)')",
    other: 'all_other + arraySum(all_counts.2) - arraySum(p -> p.2, kept)',
  })}
FROM (
  SELECT *, ${kept} AS kept
  FROM (
    SELECT bucket, of_version, of_column, sum(n) AS all_n, sum(missing) AS all_missing, sum(bad) AS all_invalid,
      sum(sum1) AS all_sum, sum(sum_2) AS all_sum2, min(low) AS all_min, max(high) AS all_max,
      sumMap(cells, cell_counts) AS all_grid, sumMap(names, name_counts) AS all_counts, sum(rest) AS all_other
    FROM (${rows})
    GROUP BY bucket, of_version, of_column
  )
)`);
}

/** Empties what was merged with an older revision: it is merged anew, in buckets of another length. Parameters: model, revision. */
export const EMPTY_SENT = insertProfiles(`${profileRow({
  source: `'${SENT}'`,
  column: 'of_column',
  version: 'of_version',
  n: '0',
  revision: momentOf('{revision:Int64} - 1'),
})}
FROM (
  SELECT toUnixTimestamp64Milli(time) AS bucket, column AS of_column, version AS of_version
  FROM tiltmeter.profiles FINAL
  WHERE model = {model:String} AND source = '${SENT}' AND n > 0 AND revision < ${moment('revision')}
  ${FINAL_SETTINGS}
)`);
