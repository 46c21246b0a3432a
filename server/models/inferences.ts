import type { Transaction } from 'kysely';
import type { Ctx } from '../context.ts';
import type { InferenceRow, Ledger, ModelRow } from '../store/ledger/schema.ts';

type Stores = Pick<Ctx, 'ledger'>;

/** Names in one statement: SQLite takes at most 32,766 bound values. */
const MODELS = 5_000;

/** What was found out about these models; one of which nothing was is absent. */
export async function inferences(ctx: Stores, models: readonly string[]): Promise<Map<string, InferenceRow>> {
  const found = new Map<string, InferenceRow>();
  for (let i = 0; i < models.length; i += MODELS) {
    const rows = await ctx.ledger
      .selectFrom('inferences')
      .selectAll()
      .where('model', 'in', models.slice(i, i + MODELS))
      .execute();
    for (const row of rows) found.set(row.model, row);
  }
  return found;
}

/** What was found out about one model. Example: `(await inferenceOf(ctx, 'credit')).positive` → 'approve' */
export async function inferenceOf(ctx: Stores, model: string): Promise<InferenceRow> {
  return (
    (await inferences(ctx, [model])).get(model) ?? {
      model,
      task: null,
      positive: null,
      positive_reference: null,
    }
  );
}

/**
 * Settles the task of a model: one that is unknown, or that was inferred before. One that people set is left alone. True
 * when it changed.
 */
export async function learnTask(
  ctx: Pick<Ctx, 'ledger' | 'clock'>,
  model: Pick<ModelRow, 'id' | 'task'>,
  task: ModelRow['task'],
): Promise<boolean> {
  return ctx.ledger.transaction().execute(async (trx) => {
    const changed = await trx
      .updateTable('models')
      .set({ task, updated_at: ctx.clock() })
      .where('id', '=', model.id)
      .where('task', '=', model.task)
      .executeTakeFirst();
    if (changed.numUpdatedRows === 0n) return false;
    await note(trx, model.id, { task });
    return true;
  });
}

/** People have set the task: it is not inferred any more. */
export function forgetInferredTask(trx: Transaction<Ledger>, model: string): Promise<void> {
  return note(trx, model, { task: null });
}

/** Notes which class the score is the probability of, and the reference of the model when it was looked for. */
export async function learnPositive(
  { ledger }: Stores,
  model: string,
  found: Pick<InferenceRow, 'positive' | 'positive_reference'>,
): Promise<void> {
  await ledger.transaction().execute((trx) => note(trx, model, found));
}

async function note(
  trx: Transaction<Ledger>,
  model: string,
  found: Partial<Omit<InferenceRow, 'model'>>,
): Promise<void> {
  await trx
    .insertInto('inferences')
    .values({ model, task: null, positive: null, positive_reference: null, ...found })
    .onConflict((conflict) => conflict.column('model').doUpdateSet(found))
    .execute();
}
