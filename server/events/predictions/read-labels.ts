import type { Ctx } from '../../context.ts';
import type { StoredLabel } from './record.ts';

/** The labels of these predictions, by prediction id; the latest where there were several. */
export async function readLabels(
  ctx: Pick<Ctx, 'lake'>,
  model: string,
  ids: readonly string[],
): Promise<Map<string, StoredLabel>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.lake.query<StoredLabel>(
    `SELECT id, label, label_number, toUnixTimestamp64Milli(time) AS time_ms, source FROM tiltmeter.labels FINAL
     WHERE model = {model:String} AND id IN ({ids:Array(String)})`,
    { model, ids },
  );
  return new Map(rows.map((row) => [row.id, row]));
}
