import type { LakeParam } from '../../store/lake/lake.ts';
import { moment, momentOf } from '../../store/lake/moment.ts';
import { PRODUCTION } from '../profile.ts';
import { FINAL_SETTINGS } from '../read/queries/profiles.ts';

/** What some rows of a model's profiles hold, by column; epoch milliseconds. */
export interface WrittenColumn {
  readonly column: string;
  readonly n: number;
  /** First and newest bucket with rows; 0 without any. */
  readonly first: number;
  readonly last: number;
  /** Rows that were emptied. */
  readonly emptied: number;
  /** Only of `_all`: buckets after `since` and how many rows they hold; versions and their newest buckets. */
  readonly times: number[];
  readonly counts: number[];
  readonly versions: string[];
  readonly version_times: number[];
}

/** Rows that one roll-up wrote, all between two event times. */
export interface Written {
  readonly model: string;
  readonly revision: number;
  readonly from: number;
  readonly to: number;
}

type Query = { sql: string; params: Record<string, LakeParam> };

const OURS = `model = {model:String} AND ${PRODUCTION} AND segment = ''`;

const facts = (rows: string) => `SELECT column, all_n AS n, first, last, emptied,
  mapKeys(traffic) AS times, mapValues(traffic) AS counts,
  mapKeys(newest) AS versions, mapValues(newest) AS version_times
FROM (
  SELECT column, sum(n) AS all_n, minIf(bucket, n > 0) AS first, maxIf(bucket, n > 0) AS last, countIf(n = 0) AS emptied,
    sumMapIf(map(bucket, n), column = '_all' AND bucket > {since:Int64} AND n > 0) AS traffic,
    maxMapIf(map(toString(version), bucket), column = '_all' AND n > 0) AS newest
  FROM (SELECT column, version, n, toUnixTimestamp64Milli(time) AS bucket FROM ${rows})
  GROUP BY column
)`;

/** By column, what a roll-up wrote or emptied; of its buckets only those after `since` are told one by one. */
export function writtenColumns(written: Written, since: number): Query {
  return {
    sql: `${facts(`tiltmeter.profiles FINAL
    WHERE ${OURS} AND revision >= ${momentOf('{revision:Int64} - 1')}
      AND time >= ${moment('from')} AND time < ${moment('to')}`)} ${FINAL_SETTINGS}`,
    params: { ...written, since },
  };
}

/** By column, what there is; of all columns when none are named. */
export function allColumns(model: string, since: number, columns?: readonly string[]): Query {
  const some = columns === undefined ? '' : ' AND column IN {columns:Array(String)}';
  return {
    sql: `${facts(`tiltmeter.profiles FINAL WHERE ${OURS}${some} AND n > 0`)} ${FINAL_SETTINGS}`,
    params: { model, since, ...(columns === undefined ? {} : { columns: [...columns] }) },
  };
}

/** Newest bucket and newest revision of a model's profiles; 0 without any. Parameter: model. */
export const NEWEST = `SELECT toUnixTimestamp64Milli(maxIf(time, column = '_all' AND n > 0)) AS bucket,
  toUnixTimestamp64Milli(max(revision)) AS revision
FROM tiltmeter.profiles
WHERE ${OURS}`;

/** Newest event, but for those dated ahead of their arrival, and newest arrival of a model. Parameter: ahead (milliseconds). */
export const newestRows = (table: string) => `SELECT toUnixTimestamp64Milli(max(_received_at)) AS received,
  toUnixTimestamp64Milli(maxIf(_time, _time <= _received_at + toIntervalMillisecond({ahead:Int64}))) AS event
FROM ${table}`;

/** Columns with values in the references made from files. Parameter: model. */
export const EXPECTED_COLUMNS = `SELECT DISTINCT column FROM tiltmeter.profiles
WHERE model = {model:String} AND NOT ${PRODUCTION} AND n > missing`;

/** Predictions of buckets after `since`. Parameters: model, since. */
export const TRAFFIC = `SELECT bucket AS time, all_n AS n
FROM (
  SELECT toUnixTimestamp64Milli(time) AS bucket, sum(n) AS all_n FROM tiltmeter.profiles FINAL
  WHERE ${OURS} AND column = '_all' AND time > ${moment('since')} AND n > 0
  GROUP BY bucket
)
ORDER BY time
${FINAL_SETTINGS}`;
