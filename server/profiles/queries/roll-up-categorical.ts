import { PROFILE_COLUMNS } from './table.ts';

export interface CategoricalColumn {
  /** Parameter number: the name is bound as `{name<k>:String}`, its first bucket as `{first<k>:Int64}`. */
  readonly k: number;
  /** A subquery with `bucket`, `version`, `misfit` and what `value` names. */
  readonly rows: string;
  /** An expression of type Nullable(String). */
  readonly value: string;
  /** Values counted exactly per bucket. */
  readonly keep: number;
  readonly countsMissing: boolean;
}

/**
 * Profiles of categorical columns for whole buckets: the most frequent values exactly, the rest in `other`.
 * Parameters: model, revision, and per column name<k> and first<k>. Equal counts are ranked by value, so that
 * repeating it keeps the same ones.
 */
export function rollUpCategorical(columns: readonly CategoricalColumn[]): string {
  return `INSERT INTO tiltmeter.profiles (${PROFILE_COLUMNS})
SELECT {model:String}, '', column, fromUnixTimestamp64Milli(bucket, 'UTC'), version, '',
  present + missing + invalid AS n, missing, invalid, 0, 0, NULL, NULL, map(),
  mapFromArrays(arrayMap(r -> r.1, top), arrayMap(r -> r.2, top)),
  present - arraySum(r -> r.2, top), fromUnixTimestamp64Milli({revision:Int64}, 'UTC')
FROM (
${columns.map(oneColumn).join('\nUNION ALL\n')}
)
WHERE present + invalid > 0 OR (bucket >= first AND n > 0)`;
}

function oneColumn({ k, rows, value, keep, countsMissing }: CategoricalColumn): string {
  return `SELECT {name${k}:String} AS column, {first${k}:Int64} AS first, bucket, version,
  sumIf(c, v IS NOT NULL) AS present,
  sum(misfits) AS invalid,
  ${countsMissing ? 'sum(c) - present - invalid' : 'toUInt64(0)'} AS missing,
  arraySlice(arraySort(r -> (-r.2, r.1), groupArrayIf((assumeNotNull(toString(v)), c), v IS NOT NULL)), 1, ${keep}) AS top
FROM (
  SELECT bucket, version, ${value} AS v, count() AS c, countIf(has(misfit, {name${k}:String})) AS misfits
  FROM (${rows})
  GROUP BY bucket, version, v
)
GROUP BY bucket, version`;
}
