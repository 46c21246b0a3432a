import { BUCKET, IN_BUCKETS } from './table.ts';

/** Name of the k-th column of `predictionRows`. Features may be called anything, so their own names go no further. */
export const valueName = (k: number): string => `_value${k}`;

/** What a version is counted as. Folded: those that have no profiles of their own share one. Parameter when folded: versions. */
export function versionOf(version: string, folded: boolean): string {
  return folded ? `if(${version} IN {versions:Array(String)}, toString(${version}), 'other')` : version;
}

export interface RowsOptions {
  readonly folded?: boolean;
  readonly where?: string;
  /** An array of the segments that a prediction belongs to: it is read once for each. */
  readonly segments?: string | undefined;
}

/**
 * Predictions as the roll-up statements read them: `bucket`, `version`, `segment` ('' when all rows are one), `misfit`
 * (names of the columns whose value did not fit) and the columns, as valueName(0), valueName(1) … Parameters: bucket_ms, and
 * from, to, buckets for the default `where`, versions when folded, those of `segments`.
 */
export function predictionRows(
  table: string,
  columns: readonly string[],
  { folded = false, where = IN_BUCKETS, segments }: RowsOptions = {},
): string {
  const select = [
    `${BUCKET} AS _bucket`,
    `${versionOf('_version', folded)} AS _of_version`,
    'mapKeys(_misfit) AS _misfits',
    ...columns.map((column, k) => `${column} AS ${valueName(k)}`),
    ...(segments === undefined ? [] : [`${segments} AS _segments`]),
  ];
  const names = [
    '_bucket AS bucket',
    '_of_version AS version',
    `${segments === undefined ? "''" : '_segment'} AS segment`,
    '_misfits AS misfit',
    ...columns.map((_, k) => valueName(k)),
  ];
  return `SELECT ${names.join(', ')} FROM (SELECT ${select.join(', ')} FROM ${table} WHERE ${where})${segments === undefined ? '' : ' ARRAY JOIN _segments AS _segment'}`;
}

/** A prediction as it is stored, but for its time; and the columns by valueName. */
export interface PlainRow {
  /** Event time, epoch milliseconds. */
  readonly _ms: number;
  readonly _version: string;
  /** Names of the columns whose value did not fit. */
  readonly _misfits: readonly string[];
  /** Keys of the segments that it belongs to. */
  readonly _segments: readonly string[];
}

/** Predictions of the buckets at hand with nothing done to them. Parameters: bucket_ms, from, to, buckets, those of `segments`. */
export function plainRows(table: string, columns: readonly string[], segments: string): string {
  const select = columns.map((column, k) => `${column} AS ${valueName(k)}`);
  return `SELECT ${['toUnixTimestamp64Milli(_time) AS _ms', '_version', '_misfit.keys AS _misfits', `${segments} AS _segments`, ...select].join(', ')}
FROM ${table} WHERE ${IN_BUCKETS}`;
}
