import { moment, momentOf } from '../../../store/lake/moment.ts';
/** Start of the bucket of a moment in epoch milliseconds; `{bucket_ms:Int64}` is the length. */
export const bucketOf = (time: string) =>
  `intDiv(toUnixTimestamp64Milli(${time}), {bucket_ms:Int64}) * {bucket_ms:Int64}`;

/** Rows of the buckets at hand: the time range prunes partitions and granules, the list picks the buckets. */
export const inBuckets = (time: string) => `${time} >= ${moment('from')} AND ${time} < ${moment('to')}
    AND ${bucketOf(time)} IN {buckets:Array(Int64)}`;

/** Start of a prediction's bucket, and the predictions of the buckets at hand. */
export const BUCKET = bucketOf('_time');
export const IN_BUCKETS = inBuckets('_time');

/** Predictions with a stamp in a stretch. Parameters: since, until. */
export const ARRIVED = `_received_at >= ${moment('since')} AND _received_at < ${moment('until')}`;

/** Holds a sum that overflowed at the largest double. */
export function finiteSum(sql: string): string {
  return `if(isNaN(${sql}), 0, greatest(-1.7976931348623157e308, least(1.7976931348623157e308, ${sql})))`;
}

/** The columns of the profiles table, in the order every roll-up statement selects them. */
export const COLUMNS =
  'model, source, column, time, version, segment, n, missing, invalid, sum, sum2, min, max, grid, counts, other, revision';

/** Rows of production in that order, from expressions; what is absent is nothing. Parameters: model, revision. */
export function profileRow(of: {
  /** Production as its rows tell it when absent. */
  readonly source?: string;
  readonly column: string;
  readonly version: string;
  /** Of all rows when absent. */
  readonly segment?: string;
  readonly n: string;
  readonly missing?: string;
  readonly invalid?: string;
  readonly sum?: string;
  readonly sum2?: string;
  readonly min?: string;
  readonly max?: string;
  readonly grid?: string;
  readonly counts?: string;
  readonly other?: string;
  readonly revision?: string;
}): string {
  const { missing = '0', invalid = '0', sum = '0', sum2 = '0', other = '0' } = of;
  const { min = 'NULL', max = 'NULL', revision = moment('revision') } = of;
  // The same types in every select, so that several may be one statement.
  const numbers = [
    ...[of.n, missing, invalid].map((count) => `toUInt64(${count})`),
    ...[sum, sum2].map((number) => `toFloat64(${number})`),
    ...[min, max].map((number) => `CAST(${number}, 'Nullable(Float64)')`),
    `CAST(${of.grid ?? 'map()'}, 'Map(Int32, UInt64)')`,
    `CAST(${of.counts ?? 'map()'}, 'Map(String, UInt64)')`,
    `toUInt64(${other})`,
  ].join(', ');
  return `SELECT {model:String}, ${of.source ?? "''"}, toString(${of.column}), ${momentOf('bucket')}, toString(${of.version}), toString(${of.segment ?? "''"}),
  ${numbers}, ${revision}`;
}

/** One statement that writes the rows of all these selects. */
export function insertProfiles(...selects: readonly string[]): string {
  return `INSERT INTO tiltmeter.profiles (${COLUMNS})
${selects.join('\nUNION ALL\n')}`;
}

/** `_all`: how many predictions there are. `rows`: a subquery with `bucket`, `version` and `segment`. Parameters: model, revision. */
export function rowProfiles(rows: string): string {
  return `${profileRow({ column: "'_all'", version: 'version', segment: 'segment', n: 'row_count' })}
FROM (SELECT bucket, version, segment, count() AS row_count FROM (${rows}) GROUP BY bucket, version, segment)`;
}
