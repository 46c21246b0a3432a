import { collect } from './collect.ts';
import { finiteSum, profileRow } from './table.ts';

/** The grid cell of v; the formula of stats/asinh-grid.ts. The bounds cost as much as the rest, so they are used where they matter. */
const CELL = 'floor(64 * asinh((v - center) / scale))';
const CELLS = `arrayMap(v -> toInt32(${CELL}), x)`;
const BOUNDED_CELLS = `arrayMap(v -> toInt32(least(2147483647., greatest(-2147483648., ${CELL}))), x)`;

/**
 * Profiles of numeric columns for whole buckets. `collected` is a subquery with one row per bucket, version and column:
 * `rows`, `invalid`, `column`, `collected` (its values), `center`, `scale` (0: no grid yet), `first`. Rows without a
 * value are missing if `countsMissing`, else they do not count. Parameters: model, revision. The values are sorted, so
 * that sums do not depend on the order of reading, and the grid comes out as runs of equal cells: faster than sumMap.
 * One subquery per step: the engine repeats what an alias stands for wherever it is used.
 */
export function numericProfiles(collected: string, countsMissing: boolean): string {
  const sorted = `SELECT bucket, version, segment, column, first, center, scale, rows, invalid, arraySort(collected) AS x
    FROM (${collected})`;
  const cells = `SELECT bucket, version, segment, column, first, invalid, length(x) AS present,
      ${countsMissing ? 'rows - length(x) - invalid' : 'toUInt64(0)'} AS missing,
      arraySum(x) AS sum1, arraySum(v -> v * v, x) AS sum2, x[1] AS low, x[-1] AS high,
      multiIf(
        scale = 0, [],
        isFinite((x[1] - center) / scale) AND isFinite((x[-1] - center) / scale), ${CELLS},
        ${BOUNDED_CELLS}) AS cells
    FROM (${sorted})`;
  const changes = `SELECT *, present + missing + invalid AS n,
      arrayFilter((i, d) -> d != 0, arrayEnumerate(cells), arrayDifference(cells)) AS changes
    FROM (${cells})`;
  const lengths = `arrayMap((end, start) -> toUInt64(end - start),
    arrayPushBack(changes, toUInt32(length(cells) + 1)), arrayPushFront(changes, toUInt32(1)))`;
  return `${profileRow({
    column: 'column',
    version: 'version',
    segment: 'segment',
    n: 'n',
    missing: 'missing',
    invalid: 'invalid',
    sum: finiteSum('sum1'),
    sum2: finiteSum('sum2'),
    min: 'if(present = 0, NULL, low)',
    max: 'if(present = 0, NULL, high)',
    grid: `mapFromArrays(arrayCompact(cells), arrayFilter(l -> l > 0, ${lengths}))`,
  })}
FROM (${changes})
WHERE present + invalid > 0 OR (bucket >= first AND n > 0)`;
}

/**
 * Small blocks for a statement of `numericProfiles` alone: a row of a block is a whole array, and the arrays between the
 * steps should not exist for all rows at once (rows are read in large ones).
 */
export const SMALL_BLOCKS = 'SETTINGS max_block_size = 64';

/** The subquery of numericProfiles for many columns in one pass. Parameters in step with `values`: n_names, n_firsts, n_centers, n_scales. */
export function collectNumbers(rows: string, values: readonly string[]): string {
  return collect({
    rows,
    values,
    gather: (value) => `groupArray(${value})`,
    prefix: 'n_',
    also: [
      ['centers:Array(Float64)', 'center'],
      ['scales:Array(Float64)', 'scale'],
    ],
  });
}

export interface ScoreByLabel {
  /** A subquery with `bucket`, `version` and what `label` and `score` name. */
  readonly rows: string;
  readonly label: string;
  readonly score: string;
}

/** The subquery of numericProfiles for `_score|<label>`. Parameters: s_labels (those kept apart), s_center, s_scale. */
export function collectScoreByLabel({ rows, label, score }: ScoreByLabel): string {
  return `SELECT bucket, version, segment, count() AS rows, toUInt64(0) AS invalid, concat('_score|', of_label) AS column,
      groupArray(of_score) AS collected, toInt64(9007199254740991) AS first,
      {s_center:Float64} AS center, {s_scale:Float64} AS scale
    FROM (SELECT bucket, version, segment, ${label} AS of_label, ${score} AS of_score FROM (${rows}))
    WHERE of_label IN {s_labels:Array(String)}
    GROUP BY bucket, version, segment, column`;
}
