import type { Ctx } from '../../context.ts';
import { currentRows, FINAL_SETTINGS } from './queries/profiles.ts';
import type { ProfileRange } from './read-profiles.ts';

/** Start of the newest bucket of a range in which each column had a value of its type; columns without one are absent. */
export async function lastValues(ctx: Pick<Ctx, 'lake'>, range: ProfileRange): Promise<Map<string, number>> {
  const { sql, params } = currentRows(range, 'column, time, n, missing, invalid');
  const rows = await ctx.lake.query<{ column: string; last: number }>(
    `SELECT column, toUnixTimestamp64Milli(max(time)) AS last
FROM (${sql})
WHERE n > missing + invalid
GROUP BY column
${FINAL_SETTINGS}`,
    params,
  );
  return new Map(rows.map(({ column, last }) => [column, last]));
}
