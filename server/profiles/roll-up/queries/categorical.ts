import { collect } from './collect.ts';
import { profileRow } from './table.ts';

export interface CategoricalColumns {
  /** A subquery with `bucket`, `version`, `misfit` and what `values` name. */
  readonly rows: string;
  /** Expressions of type Nullable(String), one per name in `{c_names}`. */
  readonly values: readonly string[];
  /** Values counted exactly per bucket. */
  readonly keep: number;
}

/**
 * Profiles of categorical columns for whole buckets: the most frequent values exactly, the rest in `other`. Parameters:
 * model, revision, and in step with `values`: c_names, c_firsts. Equal counts are ranked by value, so that repeating it
 * keeps the same ones.
 */
export function categoricalProfiles({ rows, values, keep }: CategoricalColumns): string {
  const collected = collect({
    rows,
    values,
    gather: (value) => `sumMapIf(map(toString(assumeNotNull(${value})), toUInt64(1)), ${value} IS NOT NULL)`,
    prefix: 'c_',
    also: [],
  });
  const ranked = `SELECT bucket, version, segment, column, first, rows, invalid,
      toUInt64(arraySum(mapValues(collected))) AS present,
      arraySort(r -> (-toInt64(r.2), r.1), arrayZip(mapKeys(collected), mapValues(collected))) AS ranked
    FROM (${collected})`;
  const counted = `SELECT bucket, version, segment, column, first, invalid, present, rows - present - invalid AS missing,
      arraySlice(ranked, 1, ${keep}) AS top
    FROM (${ranked})`;
  return `${profileRow({
    column: 'column',
    version: 'version',
    segment: 'segment',
    n: 'rows_n',
    missing: 'missing',
    invalid: 'invalid',
    counts: 'mapFromArrays(top.1, top.2)',
    other: 'present - toUInt64(arraySum(top.2))',
  })}
FROM (SELECT *, present + missing + invalid AS rows_n FROM (${counted}))
WHERE present + invalid > 0 OR (bucket >= first AND rows_n > 0)`;
}
