import type { LakeParam } from '../../store/lake/lake.ts';
import { FINAL_SETTINGS } from './read-profiles.ts';
import { IN_BUCKETS } from './table.ts';

/** What some rows of a model's profiles hold, by column; epoch milliseconds. */
export interface WrittenColumn {
  readonly column: string;
  readonly n: number;
  /** First and newest bucket with rows. */
  readonly first: number;
  readonly last: number;
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

const at = (name: string) => `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`;

const OURS = `model = {model:String} AND source = '' AND segment = '' AND n > 0`;

const facts = (rows: string) => `SELECT column, all_n AS n, first, last,
  mapKeys(traffic) AS times, mapValues(traffic) AS counts,
  mapKeys(newest) AS versions, mapValues(newest) AS version_times
FROM (
  SELECT column, sum(n) AS all_n, min(bucket) AS first, max(bucket) AS last,
    sumMapIf(map(bucket, n), column = '_all' AND bucket > {since:Int64}) AS traffic,
    maxMapIf(map(toString(version), bucket), column = '_all') AS newest
  FROM (SELECT column, version, n, toUnixTimestamp64Milli(time) AS bucket FROM ${rows})
  GROUP BY column
)`;

/** By column, what a roll-up wrote; of its buckets only those after `since` are told one by one. */
export function writtenColumns(written: Written, since: number): Query {
  return {
    sql: facts(`tiltmeter.profiles
    WHERE ${OURS} AND revision = ${at('revision')} AND time >= ${at('from')} AND time < ${at('to')}`),
    params: { ...written, since },
  };
}

/** By column, what there is. */
export function allColumns(model: string, since: number): Query {
  return {
    sql: `${facts(`tiltmeter.profiles FINAL WHERE ${OURS}`)} ${FINAL_SETTINGS}`,
    params: { model, since },
  };
}

/** Newest bucket and newest revision of a model's profiles; 0 without any. Parameter: model. */
export const NEWEST = `SELECT toUnixTimestamp64Milli(maxIf(time, column = '_all')) AS bucket, toUnixTimestamp64Milli(max(revision)) AS revision
FROM tiltmeter.profiles
WHERE ${OURS}`;

const newest = `toUnixTimestamp64Milli(max(_received_at)) AS received,
  toUnixTimestamp64Milli(maxIf(_time, _time <= _received_at + toIntervalMillisecond({ahead:Int64}))) AS event`;

/** Newest event, but for those dated ahead of their arrival, and newest arrival of a model. Parameter: ahead (milliseconds). */
export const newestRows = (table: string) => `SELECT ${newest} FROM ${table}`;

/** The same of some buckets. Parameters: ahead, bucket_ms, from, to, buckets. */
export const newestInBuckets = (table: string) => `SELECT ${newest} FROM ${table} WHERE ${IN_BUCKETS}`;

/** Predictions and labels that the profiles of some buckets hold. Parameters: model, bucket_ms, from, to, buckets. */
export const standingBuckets = `SELECT sumIf(n, column = '_all') AS predictions, sumIf(n, column = '_label') AS labels
FROM (SELECT column, time AS _time, n FROM tiltmeter.profiles FINAL WHERE ${OURS} AND column IN ('_all', '_label')
  AND time >= ${at('from')} AND time < ${at('to')})
WHERE ${IN_BUCKETS} ${FINAL_SETTINGS}`;

/** Columns with values in the references made from files. Parameter: model. */
export const EXPECTED_COLUMNS = `SELECT DISTINCT column FROM tiltmeter.profiles
WHERE model = {model:String} AND source != '' AND n > missing`;
