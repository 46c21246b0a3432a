import { moment } from '../../../store/lake/moment.ts';
import { ARRIVED, BUCKET } from './table.ts';

/** A page of the buckets that some arrivals belong to, all in one row. Epoch milliseconds. */
export interface ArrivedRow {
  readonly buckets: number[];
  /** In step with the buckets: how many rows arrived. */
  readonly ns: number[];
  /** Newest event that is not dated ahead of its arrival; oldest and newest arrival. 0 without rows. */
  readonly event: number;
  readonly oldest: number;
  readonly newest: number;
  /** Distinct versions, up to one more than asked for in a bucket. */
  readonly versions: string[];
  /** In step with the columns asked for: how many values came, and the first bucket that has one. */
  readonly values: number[];
  readonly firsts: number[];
}

export interface Arrived {
  readonly table: string;
  /** Expressions of which is told whether values came. */
  readonly columns: readonly string[];
  /** Distinct versions told of each bucket. */
  readonly versions: number;
}

/** What arrived of one bucket. Names that no feature has. */
export interface ArrivedBucket {
  readonly _bucket: number;
  readonly _n: number;
  readonly _event: number;
  readonly _oldest: number;
  readonly _newest: number;
  readonly _versions: string[];
  /** In step with the columns asked for: how many values came. */
  readonly _values: number[];
}

/**
 * The buckets that predictions with a stamp in [since, until) belong to, ascending, at most `page` of those from `after`
 * on. Columns are named as they are, so that the engine reads only which values are missing. Parameters: since, until,
 * after, bucket_ms, ahead, page.
 */
export function arrivedBuckets({ table, columns, versions }: Arrived): string {
  const counts = columns.map((column) => `count(${column})`).join(', ');
  return `SELECT ${BUCKET} AS _bucket, count() AS _n, CAST([${counts}], 'Array(UInt64)') AS _values,
  maxIf(toUnixTimestamp64Milli(_time), _time <= _received_at + toIntervalMillisecond({ahead:Int64})) AS _event,
  toUnixTimestamp64Milli(min(_received_at)) AS _oldest, toUnixTimestamp64Milli(max(_received_at)) AS _newest,
  groupUniqArray(${versions + 1})(_version) AS _versions
FROM ${table}
WHERE ${ARRIVED} AND _time >= ${moment('after')}
GROUP BY _bucket
ORDER BY _bucket
LIMIT {page:UInt64}`;
}

/** The same, all in one row: of many columns that is much less to tell. */
export function arrived(question: Arrived): string {
  return `SELECT groupArray(_bucket) AS buckets, groupArray(_n) AS ns,
  max(_event) AS event, min(_oldest) AS oldest, max(_newest) AS newest,
  groupUniqArrayArray(${2 * question.versions})(_versions) AS versions,
  sumForEach(_values) AS values, minForEach(arrayMap(c -> if(c > 0, _bucket, 9007199254740991), _values)) AS firsts
FROM (${arrivedBuckets(question)})`;
}

/** Rows with a stamp in each of some stretches, in one row: n0, n1 … Parameters: s0, e0, s1, e1 …, and since, until around them all. */
export function arrivalCounts(table: string, stretches: number): string {
  const counts = Array.from(
    { length: stretches },
    (_, k) => `countIf(received >= {s${k}:Int64} AND received < {e${k}:Int64}) AS n${k}`,
  );
  return `SELECT ${counts.join(', ')}
FROM (SELECT toUnixTimestamp64Milli(_received_at) AS received FROM ${table} WHERE ${ARRIVED})`;
}

/** The first and last stamp of the rows in a stretch. Parameters: since, until. */
export const stampsOf = (table: string) => `SELECT toUnixTimestamp64Milli(min(_received_at)) AS first,
  toUnixTimestamp64Milli(max(_received_at)) AS last
FROM ${table} WHERE ${ARRIVED}`;

/** The versions with the most predictions since a moment of event time. Parameters: since_event. */
export function frequentVersions(table: string, most: number): string {
  return `SELECT arrayMap(v -> v.1, approx_top_k(${most}, ${100 * most})(toString(_version))) AS versions
FROM ${table} WHERE _time >= ${moment('since_event')}`;
}
