import { judgedTo } from '../alerts/judgements.ts';
import type { Ctx } from '../context.ts';
import { type Fence, requireFence } from '../jobs/fence.ts';
import { firstOf, readNamed } from '../models/lineage.ts';
import { readEvidence } from './evidence/read-evidence.ts';
import { readModels } from './models.ts';
import { readFacts } from './read-facts.ts';
import { explained } from './story.ts';
import { modelsOf } from './thread.ts';
import { type Held, holdIncidents } from './thread-store.ts';

/** Incidents that are asked about in one go. */
const AT_ONCE = 5;

/**
 * Asks about incidents that were told by their alerts alone, as in a storm there are more than can be asked about at once. Their
 * causes become those that the evidence shows; nobody is told anew. One that changes meanwhile stays as it is.
 */
export async function diagnoseWaiting(ctx: Ctx, fence: Fence): Promise<void> {
  const waiting = await ctx.ledger
    .selectFrom('incidents')
    .select('id')
    .where('diagnosed', '=', 0)
    .where('status', '!=', 'resolved')
    .orderBy('id', 'desc')
    .limit(AT_ONCE)
    .execute();
  for (const held of await holdIncidents(
    ctx.ledger,
    waiting.map(({ id }) => id),
  )) {
    const causes = await ask(ctx, held);
    const found =
      causes === null ? { diagnosed: 2 as const } : { diagnosed: 1 as const, causes: JSON.stringify(causes) };
    await ctx.ledger.transaction().execute(async (trx) => {
      await requireFence(trx, fence);
      await trx
        .updateTable('incidents')
        .set(found)
        .where('id', '=', held.row.id)
        .where('updated_at', '=', held.row.updated_at)
        .execute();
    });
    await ctx.turn();
  }
}

/** Null when there is nothing to ask, or no answer. */
async function ask(ctx: Ctx, { thread, row }: Held) {
  const { rows } = await readModels(ctx, modelsOf(thread));
  const [first = row.model] = firstOf(await readNamed(ctx), modelsOf(thread));
  const model = rows.get(first);
  const facts = await readFacts(ctx, rows, thread);
  if (model === undefined || facts.length === 0) return null;
  try {
    const to = (await judgedTo(ctx, [model.id])).get(model.id) ?? row.last_at + model.bucket_ms;
    const own = facts.filter((fact) => fact.model === first);
    return explained(facts, await readEvidence(ctx, { model, facts: own, to }), first);
  } catch (error) {
    ctx.log.warn({ incident: row.id, error }, 'no evidence could be read: causes are told by alerts alone');
    return null;
  }
}
