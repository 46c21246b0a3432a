import { finiteSum, PROFILE_COLUMNS } from './table.ts';

/** The grid cell of v; the formula of stats/asinh-grid.ts. The bounds cost as much as the rest, so they are used where they matter. */
const CELL = 'floor(64 * asinh((v - center) / scale))';
const CELLS = `arrayMap(v -> toInt32(${CELL}), x)`;
const BOUNDED_CELLS = `arrayMap(v -> toInt32(least(2147483647., greatest(-2147483648., ${CELL}))), x)`;

/**
 * Profiles of numeric columns for whole buckets. `collected` is a subquery with one row per bucket, version and column:
 * `rows` (UInt64), `invalid`, `missing_counts` (0: rows without a value do not count), `column`, `first` (first bucket in
 * which the column had a value: before it, it did not exist), `collected` (its values), `center`, `scale` (0: no grid yet).
 * Parameters: model, revision. The values are sorted, so that sums do not depend on the order of reading, and the grid
 * comes out as runs of equal cells: 2.5 times as fast as sumMap.
 */
export function rollUpNumeric(collected: string): string {
  return `INSERT INTO tiltmeter.profiles (${PROFILE_COLUMNS})
SELECT {model:String}, '', column, fromUnixTimestamp64Milli(bucket, 'UTC'), version, '',
  n, missing, invalid, ${finiteSum('raw_sum')}, ${finiteSum('raw_sum2')},
  if(present = 0, NULL, x[1]), if(present = 0, NULL, x[-1]),
  mapFromArrays(arrayCompact(cells), arrayFilter(l -> l > 0, lengths)), map(), 0,
  fromUnixTimestamp64Milli({revision:Int64}, 'UTC')
FROM (
  SELECT bucket, version, column, first, invalid,
    arraySort(collected) AS x,
    length(x) AS present,
    if(missing_counts = 1, rows - present - invalid, 0) AS missing,
    present + invalid + missing AS n,
    arraySum(x) AS raw_sum,
    arraySum(v -> v * v, x) AS raw_sum2,
    multiIf(
      scale = 0, [],
      isFinite((x[1] - center) / scale) AND isFinite((x[-1] - center) / scale), ${CELLS},
      ${BOUNDED_CELLS}) AS cells,
    arrayFilter((i, d) -> d != 0, arrayEnumerate(cells), arrayDifference(cells)) AS changes,
    arrayMap((end, start) -> toUInt64(end - start),
      arrayPushBack(changes, toUInt32(length(cells) + 1)), arrayPushFront(changes, toUInt32(1))) AS lengths
  FROM (${collected})
)
WHERE present + invalid > 0 OR (bucket >= first AND n > 0)`;
}

export interface NumericColumns {
  /** A subquery with `bucket`, `version`, `misfit` (names of columns whose value did not fit) and what `values` name. */
  readonly rows: string;
  /** Expressions of type Nullable(Float64), one per name in `{names}`. */
  readonly values: readonly string[];
  /** Rows without a value are missing; else they do not count at all. */
  readonly countsMissing: boolean;
}

/** The subquery of rollUpNumeric for many columns in one pass. Parameters in step with `values`: names, centers, scales, firsts. */
export function collectColumns({ rows, values, countsMissing }: NumericColumns): string {
  return `SELECT bucket, version, rows, countEqual(misfits, column) AS invalid, ${countsMissing ? 1 : 0} AS missing_counts,
      column, first, collected, center, scale
    FROM (
      SELECT bucket, version, count() AS rows,
        groupArrayArrayIf(misfit, notEmpty(misfit)) AS misfits,
        [${values.map((value) => `groupArray(${value})`).join(', ')}] AS columns
      FROM (${rows})
      GROUP BY bucket, version
    )
    ARRAY JOIN columns AS collected, {names:Array(String)} AS column, {centers:Array(Float64)} AS center,
      {scales:Array(Float64)} AS scale, {firsts:Array(Int64)} AS first`;
}

export interface ScoreByLabel {
  /** A subquery with `bucket`, `version` and what `label` and `score` name. */
  readonly rows: string;
  readonly label: string;
  readonly score: string;
  /** Labels kept apart per bucket, the most frequent ones. */
  readonly labels: number;
}

/** The subquery of rollUpNumeric for `_score|<label>`. Parameters: center, scale. */
export function collectScoreByLabel({ rows, label, score, labels }: ScoreByLabel): string {
  return `SELECT bucket, version, count() AS rows, toUInt64(0) AS invalid, 1 AS missing_counts,
      concat('_score|', ${label}) AS column, toInt64(9007199254740991) AS first, groupArray(${score}) AS collected,
      {center:Float64} AS center, {scale:Float64} AS scale
    FROM (${rows})
    GROUP BY bucket, version, column
    ORDER BY rows DESC, column
    LIMIT ${labels} BY bucket, version`;
}
