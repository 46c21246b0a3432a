import type { Ctx } from '../../context.ts';
import { countRows } from '../../store/lake/delete-rows.ts';
import { type Erasing, eachIds } from './erase-subject.ts';

/** Predictions up to which what belongs to them is counted while somebody waits. */
const MOST = 10_000;

/** Labels, outcomes and refused events of a subject; null where there are too many predictions to say at once. */
export async function countBelonging(
  ctx: Pick<Ctx, 'lake' | 'turn'>,
  erasing: Erasing,
  predictions: number,
): Promise<Record<'labels' | 'outcomes' | 'rejects', number | null>> {
  if (predictions > MOST) return { labels: null, outcomes: null, rejects: null };
  const { model, subject } = erasing;
  const found = new Set(subject.ids);
  await eachIds(ctx, erasing, predictions, async (ids) => {
    for (const id of ids) found.add(id);
  });
  const params = { ...subject.rejects.params, model, found: [...found] };
  const among = 'model = {model:String} AND id IN ({found:Array(String)})';
  const [labels, outcomes, rejects] = await Promise.all([
    countRows(ctx.lake, 'labels', among, params),
    countRows(ctx.lake, 'outcomes', among, params),
    countRows(ctx.lake, 'rejects', `(${subject.rejects.sql} OR ${OF_IDS})`, params),
  ]);
  return { labels, outcomes, rejects };
}

/** Refused events of some ids. Parameters: model, found. */
export const OF_IDS = "(model = {model:String} AND JSONExtractString(raw, 'id') IN ({found:Array(String)}))";
