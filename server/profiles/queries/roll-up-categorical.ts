import { collect } from './collect.ts';
import { PROFILE_COLUMNS } from './table.ts';

export interface CategoricalColumns {
  /** A subquery with `bucket`, `version`, `misfit` and what `values` name. */
  readonly rows: string;
  /** Expressions of type Nullable(String), one per name in `{names}`. */
  readonly values: readonly string[];
  /** Values counted exactly per bucket. */
  readonly keep: number;
  /** Rows without a value are missing; else they do not count at all. */
  readonly countsMissing: boolean;
}

/**
 * Profiles of categorical columns for whole buckets: the most frequent values exactly, the rest in `other`.
 * Parameters: model, revision, and in step with `values`: names, firsts. Equal counts are ranked by value, so that
 * repeating it keeps the same ones.
 */
export function rollUpCategorical({ rows, values, keep, countsMissing }: CategoricalColumns): string {
  const collected = collect({
    rows,
    values,
    gather: (value) => `sumMapIf(map(toString(assumeNotNull(${value})), toUInt64(1)), ${value} IS NOT NULL)`,
    also: [],
  });
  const ranked = `SELECT bucket, version, column, first, rows, invalid,
      toUInt64(arraySum(mapValues(collected))) AS present,
      arraySort(r -> (-toInt64(r.2), r.1), arrayZip(mapKeys(collected), mapValues(collected))) AS ranked
    FROM (${collected})`;
  const counted = `SELECT bucket, version, column, first, invalid, present,
      ${countsMissing ? 'rows - present - invalid' : 'toUInt64(0)'} AS missing,
      arraySlice(ranked, 1, ${keep}) AS top
    FROM (${ranked})`;
  return `INSERT INTO tiltmeter.profiles (${PROFILE_COLUMNS})
SELECT {model:String}, '', column, fromUnixTimestamp64Milli(bucket, 'UTC'), version, '',
  present + missing + invalid AS n, missing, invalid, 0, 0, NULL, NULL, map(),
  mapFromArrays(top.1, top.2), present - toUInt64(arraySum(top.2)), fromUnixTimestamp64Milli({revision:Int64}, 'UTC')
FROM (${counted})
WHERE present + invalid > 0 OR (bucket >= first AND n > 0)`;
}
