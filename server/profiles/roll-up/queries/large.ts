import { finiteSum, profileRow } from './table.ts';

/**
 * One numeric column of a bucket with so many rows that its values cannot be held in memory: rows are counted per grid
 * cell as they are read. Slower, and by one thread so that sums come out the same every time. `rows` has `bucket`,
 * `version`, `misfit` and what `value` names. Parameters: model, revision, name, center, scale (0: no grid yet), first.
 */
export function largeNumericProfile(rows: string, value: string): string {
  const cell =
    'toInt32(least(2147483647., greatest(-2147483648., floor(64 * asinh((v - {center:Float64}) / {scale:Float64})))))';
  const cells = `SELECT bucket, version, segment, if(v IS NULL, NULL, if({scale:Float64} > 0, assumeNotNull(${cell}), 0)) AS cell,
      count() AS c, sum(v) AS cell_sum, sum(v * v) AS cell_sum2, min(v) AS low, max(v) AS high,
      countIf(has(misfit, {name:String})) AS misfits
    FROM (SELECT bucket, version, segment, misfit, ${value} AS v FROM (${rows}))
    GROUP BY bucket, version, segment, cell
    ORDER BY cell`;
  return `${profileRow({
    column: '{name:String}',
    version: 'version',
    segment: 'segment',
    n: 'present + missing + invalid',
    missing: 'missing',
    invalid: 'invalid',
    sum: finiteSum('sum1'),
    sum2: finiteSum('sum2'),
    min: 'lowest',
    max: 'highest',
    grid: 'if({scale:Float64} > 0, cells, map())',
  })}
FROM (
  SELECT bucket, version, segment, sumIf(c, cell IS NOT NULL) AS present, sum(misfits) AS invalid,
    sumIf(c, cell IS NULL) - invalid AS missing,
    ifNull(sum(cell_sum), 0) AS sum1, ifNull(sum(cell_sum2), 0) AS sum2, min(low) AS lowest, max(high) AS highest,
    mapFromArrays(groupArrayIf(assumeNotNull(cell), cell IS NOT NULL), groupArrayIf(c, cell IS NOT NULL)) AS cells
  FROM (${cells})
  GROUP BY bucket, version, segment
)
WHERE present + invalid > 0 OR (bucket >= {first:Int64} AND present + missing + invalid > 0)
SETTINGS max_threads = 1`;
}

/**
 * One categorical column with so many different values that their counts cannot be held in memory: the engine may put
 * them on disk. Parameters: model, revision, name, first.
 */
export function largeCategoricalProfile(rows: string, value: string, keep: number): string {
  const counted = `SELECT bucket, version, segment, v, count() AS c, countIf(has(misfit, {name:String})) AS misfits
    FROM (SELECT bucket, version, segment, misfit, toNullable(toString(${value})) AS v FROM (${rows}))
    GROUP BY bucket, version, segment, v`;
  const ranked = `SELECT bucket, version, segment, v, c, misfits, sumIf(c, v IS NOT NULL) OVER w AS present,
      sum(misfits) OVER w AS invalid, sumIf(c, v IS NULL) OVER w AS empty
    FROM (${counted})
    WINDOW w AS (PARTITION BY bucket, version, segment)
    ORDER BY v IS NULL, c DESC, v
    LIMIT ${keep} BY bucket, version, segment`;
  return `${profileRow({
    column: '{name:String}',
    version: 'version',
    segment: 'segment',
    n: 'present + empty',
    missing: 'empty - invalid',
    invalid: 'invalid',
    counts: 'mapFromArrays(names, ns)',
    other: 'present - arraySum(ns)',
  })}
FROM (
  SELECT bucket, version, segment, any(present) AS present, any(invalid) AS invalid, any(empty) AS empty,
    groupArrayIf(assumeNotNull(v), v IS NOT NULL) AS names, groupArrayIf(c, v IS NOT NULL) AS ns
  FROM (${ranked})
  GROUP BY bucket, version, segment
)
WHERE present + invalid > 0 OR (bucket >= {first:Int64} AND present + empty > 0)`;
}
