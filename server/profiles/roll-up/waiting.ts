import type { Ctx } from '../../context.ts';
import { type Newest, newestArrivals, newestOf } from '../../events/arrivals.ts';
import { allModels } from '../../models/find-model.ts';
import { splitText } from '../segments/split.ts';
import { AT_ONCE, isTime, type Pace } from './pace.ts';
import { turnedModels } from './turned.ts';

/** Names in one statement: SQLite takes at most 32,766 bound values. */
const MODELS = 5_000;

/**
 * Which of the models have something to roll up: rows that may have arrived since the last time and whose turn it is, something to be tried
 * or looked at again by now, or another task, k, length of buckets or kind of column than their profiles were made with. A quiet model costs
 * its rows of the ledger. `arrivals`: what newestArrivals tells, for who has it. Example: `await modelsToRollUp(ctx, owned)` → ['credit']
 */
export async function modelsToRollUp(
  ctx: Pick<Ctx, 'ledger' | 'clock'>,
  models: readonly string[],
  pace: Pace = AT_ONCE,
  arrivals?: Newest,
): Promise<string[]> {
  const now = ctx.clock();
  const newest = arrivals ?? (await newestArrivals(ctx));
  const heads = await readCursors(ctx, models);
  const rows = new Map((await allModels(ctx)).map((row) => [row.id, row]));
  const turned = await turnedModels(ctx);
  return models.filter((id) => {
    const head = heads.get(id);
    const model = rows.get(id);
    const came = newest.get(id);
    // It was removed a moment ago.
    if (model === undefined) return false;
    if (head === undefined) return came !== undefined;
    return (
      ((came?.predictions ?? -1) >= head.rolled_up_to &&
        isTime(head.rolled_up_to, pace.predictionsMs, now)) ||
      (newestOf('labels', newest, model, head.labelled_to) >= head.labelled_to &&
        isTime(head.labelled_to, pace.labelsMs, now)) ||
      newestOf('outcomes', newest, model, head.outcomes_to) >= head.outcomes_to ||
      (came?.profiles ?? -1) >= head.sent_to ||
      (head.next_at !== null && head.next_at <= now) ||
      head.task !== model.task ||
      head.ranking_k !== model.ranking_k ||
      head.split_by !== splitText(model) ||
      turned.has(id) ||
      (head.bucket_ms !== model.bucket_ms && head.first !== null)
    );
  });
}

async function readCursors({ ledger }: Pick<Ctx, 'ledger'>, models: readonly string[]) {
  const heads = new Map<string, Awaited<ReturnType<typeof cursors>>[number]>();
  const cursors = (some: readonly string[]) =>
    ledger
      .selectFrom('profile_heads')
      .select([
        'model',
        'rolled_up_to',
        'labelled_to',
        'outcomes_to',
        'sent_to',
        'next_at',
        'task',
        'bucket_ms',
        'ranking_k',
        'first',
        'split_by',
      ])
      .where('model', 'in', some)
      .execute();
  for (let i = 0; i < models.length; i += MODELS)
    for (const row of await cursors(models.slice(i, i + MODELS))) heads.set(row.model, row);
  return heads;
}
