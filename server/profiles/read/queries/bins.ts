import type { LakeParam } from '../../../store/lake/lake.ts';
import type { ProfileRange } from '../read-profiles.ts';
import { currentRows, FINAL_SETTINGS } from './profiles.ts';

/** Cells of column k are moved by k · STRIDE, so that the runs of all columns make one ascending list. */
export const STRIDE = 2 ** 33;
/** Below every cell. */
export const FIRST_CELL = -(2 ** 31);

interface Counted {
  readonly column: string;
  readonly time: number;
  readonly missing: number;
  readonly invalid: number;
}

export interface RunRow extends Counted {
  /** First cells of the occupied runs, ascending, and how many values each holds. */
  readonly runs: number[];
  readonly run_counts: number[];
}

export interface CategoryRow extends Counted {
  readonly names: string[];
  readonly name_counts: number[];
  readonly other: number;
}

type Query = { sql: string; params: Record<string, LakeParam> };

/**
 * Values of numeric columns per bucket, version and run of cells of their grid. `runs`: for column k of the names the
 * first cells of its runs + k · STRIDE, ascending over all columns; each column begins with FIRST_CELL. One binary
 * search places a cell among all columns' runs; cells of one run are summed by differences of a running sum.
 */
export function runsQuery(range: ProfileRange, names: readonly string[], runs: readonly number[]): Query {
  const { sql, params } = currentRows(
    { ...range, columns: names },
    'column, time, missing, invalid, mapKeys(grid) AS cells, mapValues(grid) AS cell_counts',
  );
  return {
    sql: `SELECT column, toUnixTimestamp64Milli(time) AS time, missing, invalid,
  arrayMap(s -> s - moved, arrayCompact(found)) AS runs,
  arrayPopFront(arrayDifference(arrayPushFront(arrayFilter((c, l) -> l, arrayCumSum(cell_counts), last), 0))) AS run_counts
FROM (
  SELECT *, toInt64(indexOf({columns:Array(String)}, column) - 1) * ${STRIDE} AS moved,
    arrayMap(c -> roundDown(toInt64(c) + moved, {runs:Array(Int64)}), cells) AS found,
    arrayMap((s, next) -> s != next, found, arrayShiftLeft(found, 1, toInt64(-${STRIDE}))) AS last
  FROM (${sql})
)
${FINAL_SETTINGS}`,
    params: { ...params, runs: [...runs] },
  };
}

/** Categories of categorical columns per bucket and version. */
export function categoriesQuery(range: ProfileRange, names: readonly string[]): Query {
  const { sql, params } = currentRows(
    { ...range, columns: names },
    'column, time, missing, invalid, counts, other',
  );
  return {
    sql: `SELECT column, toUnixTimestamp64Milli(time) AS time, missing, invalid,
  mapKeys(counts) AS names, mapValues(counts) AS name_counts, other
FROM (${sql})
${FINAL_SETTINGS}`,
    params,
  };
}
