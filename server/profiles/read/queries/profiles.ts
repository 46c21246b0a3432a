import type { Origin } from '../../../store/lake/kept-answers.ts';
import type { LakeParam } from '../../../store/lake/lake.ts';
import { moment } from '../../../store/lake/moment.ts';
import { PRODUCTION } from '../../profile.ts';
import { finiteSum } from '../../roll-up/queries/table.ts';
import type { ProfileOptions, ProfilePoint, ProfileRange } from '../read-profiles.ts';

export interface ProfileRow {
  readonly column: string;
  readonly time: number;
  readonly version: string;
  readonly n: number;
  readonly missing: number;
  readonly invalid: number;
  readonly sum: number;
  readonly sum2: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly cells: number[];
  readonly cell_counts: number[];
  readonly names: string[];
  readonly name_counts: number[];
  readonly other: number;
}

/** All rows of a range, those that others have replaced included. */
function rowsOf(range: ProfileRange): { where: string; params: Record<string, LakeParam> } {
  const { model, source = '', segments = [range.segment ?? ''], columns: names, version, from, to } = range;
  const made = source === '' ? PRODUCTION : 'source = {source:String}';
  const where = `WHERE model = {model:String} AND ${made} AND segment IN {segments:Array(String)}
    ${names === undefined ? '' : 'AND column IN {columns:Array(String)}'}
    AND time >= ${moment('from')} AND time < ${moment('to')}
    ${version === undefined ? '' : 'AND version = {version:String}'}`;
  const params: Record<string, LakeParam> = { model, segments: [...segments], from, to };
  if (source !== '') params.source = source;
  if (names !== undefined) params.columns = [...names];
  if (version !== undefined) params.version = version;
  return { where, params };
}

/** What answers about a range are made of. */
export function originOf(range: ProfileRange): Origin {
  const { where, params } = rowsOf(range);
  return { rows: `tiltmeter.profiles ${where}`, params, revision: 'revision' };
}

/**
 * Current rows of a range: FINAL keeps the newest revision of each key; time is part of the key, so months never mix. Of one segment
 * the rest is left out before the newest is looked for, which changes nothing as all that it is asked by is in the key, and
 * halves what is done: rows of up to twenty segments lie among those of all predictions. Of many segments it would be read twice.
 */
export function currentRows(
  range: ProfileRange,
  columns: string,
): { sql: string; params: Record<string, LakeParam> } {
  const { where, params } = rowsOf(range);
  const kept =
    range.segments === undefined ? `${where.replace('WHERE', 'PREWHERE')} WHERE n > 0` : `${where} AND n > 0`;
  const sql = `SELECT ${columns}
  FROM tiltmeter.profiles FINAL
  ${kept}`;
  return { sql, params };
}

/** Settings of every statement that reads with FINAL. */
export const FINAL_SETTINGS = 'SETTINGS do_not_merge_across_partitions_select_final = 1';

/** Profiles per column, step and (when asked) version. */
export function profileQuery(
  range: ProfileRange,
  { step, byVersion = false, bySegment = false }: ProfileOptions,
): Query {
  return mergedQuery(range, step, bySegment ? 'segment' : byVersion ? 'version' : "''");
}

type Query = { sql: string; params: Record<string, LakeParam> };

/** Profiles per column and segment, which is told in place of the version. */
export const segmentQuery = (range: ProfileRange): Query => mergedQuery(range, undefined, 'segment');

function mergedQuery(
  range: ProfileRange,
  step: number | undefined,
  part: string,
): { sql: string; params: Record<string, LakeParam> } {
  const { sql, params } = currentRows(
    range,
    'column, time, version, segment, n, missing, invalid, sum, sum2, min, max, grid, counts, other',
  );
  const slot =
    step === undefined ? '{from:Int64}' : 'intDiv(toUnixTimestamp64Milli(time), {step:Int64}) * {step:Int64}';
  return {
    sql: `SELECT column, slot AS time, of_version AS version, all_n AS n, all_missing AS missing, all_invalid AS invalid,
  ${finiteSum('all_sum')} AS sum, ${finiteSum('all_sum2')} AS sum2, all_min AS min, all_max AS max,
  mapKeys(all_grid) AS cells, mapValues(all_grid) AS cell_counts,
  mapKeys(all_counts) AS names, mapValues(all_counts) AS name_counts, all_other AS other
FROM (
  SELECT column, ${slot} AS slot, ${part} AS of_version,
    sum(n) AS all_n, sum(missing) AS all_missing, sum(invalid) AS all_invalid,
    sum(sum) AS all_sum, sum(sum2) AS all_sum2, min(min) AS all_min, max(max) AS all_max,
    sumMap(grid) AS all_grid, sumMap(counts) AS all_counts, sum(other) AS all_other
  FROM (${sql})
  GROUP BY column, slot, of_version
)
ORDER BY column, time, version
${FINAL_SETTINGS}`,
    params: step === undefined ? params : { ...params, step },
  };
}

/** A row of an answer as a profile; counts of 0 are nothing. */
export function pointOf(row: ProfileRow): ProfilePoint {
  const { column, time, version } = row;
  return {
    column,
    time,
    version,
    profile: {
      n: row.n,
      missing: row.missing,
      invalid: row.invalid,
      sum: row.sum,
      sum2: row.sum2,
      min: row.min,
      max: row.max,
      grid: zip(row.cells, row.cell_counts),
      counts: zip(row.names, row.name_counts),
      other: row.other,
    },
  };
}

function zip<K>(keys: readonly K[], counts: readonly number[]): Map<K, number> {
  const map = new Map<K, number>();
  for (let i = 0; i < keys.length; i++) if (counts[i]! > 0) map.set(keys[i]!, counts[i]!);
  return map;
}
