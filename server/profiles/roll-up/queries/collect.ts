export interface Collected {
  /** A subquery with `bucket`, `version`, `misfit` (names of columns whose value did not fit) and what `values` name. */
  readonly rows: string;
  /** One expression per name in `{<prefix>names}`. */
  readonly values: readonly string[];
  /** What gathers the values of one expression. */
  readonly gather: (value: string) => string;
  /** Before the names of the parameters, so that several such subqueries may stand in one statement. */
  readonly prefix: string;
  /** Further array parameters in step with the names: `['centers:Array(Float64)', 'center']`. */
  readonly also: readonly (readonly [parameter: string, alias: string])[];
}

/**
 * One row per bucket, version and column, in one pass over the rows: `rows`, `invalid` (rows whose value of this column
 * did not fit), `column`, `collected`, `first` (first bucket in which the column had a value: before it, it did not
 * exist). Parameters in step with `values`, each with the prefix: names, firsts.
 */
export function collect({ rows, values, gather, prefix, also }: Collected): string {
  const more = also.map(([parameter, alias]) => `, {${prefix}${parameter}} AS ${alias}`).join('');
  return `SELECT bucket, version, segment, rows, countEqual(misfits, column) AS invalid, column, collected, first${also.map(([, alias]) => `, ${alias}`).join('')}
    FROM (
      SELECT bucket, version, segment, count() AS rows,
        groupArrayArrayIf(misfit, notEmpty(misfit)) AS misfits,
        [${values.map(gather).join(', ')}] AS columns
      FROM (${rows})
      GROUP BY bucket, version, segment
      SETTINGS max_block_size = 16384
    )
    ARRAY JOIN columns AS collected, {${prefix}names:Array(String)} AS column, {${prefix}firsts:Array(Int64)} AS first${more}`;
}
