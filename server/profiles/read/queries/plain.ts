import type { LakeParam } from '../../../store/lake/lake.ts';
import { moment } from '../../../store/lake/moment.ts';
import type { ProfileRange } from '../read-profiles.ts';
import { currentRows, FINAL_SETTINGS, type ProfileRow } from './profiles.ts';

/** A stored profile; `time_ms`: start of its bucket. */
export type PlainRow = Omit<ProfileRow, 'time'> & { readonly time_ms: number };

/** The stored profiles of a range, with nothing done to them; before `recent` only those that count all predictions. */
export function plainQuery(
  range: ProfileRange,
  recent: number = range.from,
): { sql: string; params: Record<string, LakeParam> } {
  const { sql, params } = currentRows(
    range,
    `column, toUnixTimestamp64Milli(time) AS time_ms, version, n, missing, invalid, sum, sum2, min, max,
    grid.keys AS cells, grid.values AS cell_counts, counts.keys AS names, counts.values AS name_counts, other`,
  );
  if (recent <= range.from) return { sql: `${sql} ${FINAL_SETTINGS}`, params };
  return {
    sql: `${sql} AND (time >= ${moment('recent')} OR column = '_all') ${FINAL_SETTINGS}`,
    params: { ...params, recent },
  };
}
