import { identifier } from '../../../tables/identifier.ts';

/** The table of a model's predictions in a statement. `table_name` as the ledger has it. */
export function predictionsTable(tableName: string): string {
  return `tiltmeter.${identifier(tableName)}`;
}

/** Start of a row's bucket in epoch milliseconds; `{bucket_ms:Int64}` is the length. */
export const BUCKET = 'intDiv(toUnixTimestamp64Milli(_time), {bucket_ms:Int64}) * {bucket_ms:Int64}';

/** The rows of the buckets at hand: the time range prunes partitions and granules, the list picks the buckets. */
export const IN_BUCKETS = `_time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND _time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    AND ${BUCKET} IN {buckets:Array(Int64)}`;

/** Every row of the table. */
export const ANY_BUCKET = '1';

/** Holds a sum that overflowed at the largest double. */
export function finiteSum(sql: string): string {
  return `if(isNaN(${sql}), 0, greatest(-1.7976931348623157e308, least(1.7976931348623157e308, ${sql})))`;
}

/** The columns of the profiles table, in the order every roll-up statement selects them. */
export const PROFILE_COLUMNS =
  'model, source, column, time, version, segment, n, missing, invalid, sum, sum2, min, max, grid, counts, other, revision';
