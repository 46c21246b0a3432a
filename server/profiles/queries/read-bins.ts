import type { LakeParam } from '../../store/lake/lake.ts';
import type { ProfileRange } from '../read.ts';
import { currentRows, FINAL_SETTINGS } from './read-profiles.ts';

export interface BinRow {
  readonly column: string;
  readonly time: number;
  readonly n: number;
  readonly missing: number;
  readonly invalid: number;
  readonly bins: number[];
  readonly bin_counts: number[];
}

/**
 * Grid counts of numeric columns per bucket, on the columns' own edges. `edges` holds for column k of `names` the value
 * k · 2³³ + cell, ascending over all columns, so that one binary search finds a cell's bin among all of them.
 * Answer: per column and bucket the bins (indexes into `edges`) that hold something, and how much.
 */
export function binsQuery(
  range: ProfileRange,
  names: readonly string[],
  edges: readonly number[],
): { sql: string; params: Record<string, LakeParam> } {
  const { sql, params } = currentRows(
    { ...range, columns: names },
    'column, time, n, missing, invalid, grid',
  );
  return {
    sql: `SELECT column, toUnixTimestamp64Milli(time) AS time, n, missing, invalid,
  arrayMap(c -> indexOf({edges:Array(Int64)}, roundDown(toInt64(c) + toInt64(indexOf({names:Array(String)}, column)) * 8589934592, {edges:Array(Int64)})), mapKeys(grid)) AS bins, mapValues(grid) AS bin_counts
FROM (${sql})
${FINAL_SETTINGS}`,
    params: { ...params, names: [...names], edges: [...edges] },
  };
}
