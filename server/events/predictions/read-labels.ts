import type { Ctx } from '../../context.ts';
import { COUNTS_BEFORE, LABELS } from '../labels-table.ts';
import type { StoredLabel } from './record.ts';

/** The labels of these predictions that count, by prediction id. */
export async function readLabels(
  ctx: Pick<Ctx, 'lake'>,
  model: string,
  ids: readonly string[],
): Promise<Map<string, StoredLabel>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.lake.query<StoredLabel>(
    `${LABEL_ROWS} ORDER BY ${COUNTS_BEFORE} DESC LIMIT 1 BY id`,
    { model, ids },
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** All labels that came for a prediction, the one that counts first; at most a hundred. */
export async function readLabelHistory(
  ctx: Pick<Ctx, 'lake'>,
  model: string,
  id: string,
): Promise<StoredLabel[]> {
  return ctx.lake.query<StoredLabel>(`${LABEL_ROWS} ORDER BY ${COUNTS_BEFORE} DESC LIMIT 100`, {
    model,
    ids: [id],
  });
}

/** All labels that came for these predictions, those of each beside one another. */
export async function readEveryLabel(
  ctx: Pick<Ctx, 'lake'>,
  model: string,
  ids: readonly string[],
): Promise<StoredLabel[]> {
  if (ids.length === 0) return [];
  return ctx.lake.query<StoredLabel>(`${LABEL_ROWS} ORDER BY id, ${COUNTS_BEFORE} DESC`, { model, ids });
}

const LABEL_ROWS = `SELECT id, label, label_number, toUnixTimestamp64Milli(time) AS time_ms, source, human
FROM ${LABELS} FINAL WHERE model = {model:String} AND id IN ({ids:Array(String)})`;
