import type { Ctx } from '../../context.ts';
import { type Fence, requireFence } from '../../jobs/fence.ts';
import type { ModelJob } from '../../jobs/job.ts';
import { watchedOf } from '../../models/columns/meaning.ts';
import { findModel, modelColumns } from '../../models/find-model.ts';
import { learnImportance } from '../../models/learn.ts';
import { profileHead, profileHeads } from '../../profiles/heads/read-heads.ts';
import { due, type Learned } from './due.ts';
import { surrogateInProcess } from './process.ts';
import { readSample } from './sample.ts';
import { ENOUGH_ROWS } from './surrogate.ts';

/**
 * Learns what each model pays attention to: where nobody has told (`importance_source` 'surrogate'), incidents rank their causes
 * by it. Importance that was given is never touched; what the surrogate goes by is then there to look at.
 */
export const importanceJob: ModelJob = {
  name: 'importance',
  scope: 'model',
  everyMs: 10_000,
  // Fitting takes seconds of a processor.
  workers: 1,
  async waiting(ctx, owned) {
    const heads = await profileHeads(ctx, owned);
    const learned = await learnedOf(ctx, owned);
    const now = ctx.clock();
    return owned.filter((model) => due(heads.get(model)?.predictions ?? 0, learned.get(model), now));
  },
  run: learn,
};

/** Fits the surrogate to the newest logged rows and stores what it goes by; there may be too little to learn from. */
async function learn(ctx: Ctx, fence: Fence): Promise<void> {
  const model = await findModel(ctx, fence.name);
  const head = await profileHead(ctx, model.id);
  if (!head) return;
  const columns = await modelColumns(ctx, model.id);
  const values = columns.filter((column) => column.name.startsWith('_') || watchedOf(column) === 'values');
  const sample = await readSample(ctx, model, values, head);
  const rows = sample.answers.length;
  const found = rows < ENOUGH_ROWS ? null : await surrogateInProcess(sample);
  const { shares = null, ...surrogate } = found ?? {};
  const learned = {
    ...{ tried_at: ctx.clock(), rows, predictions: head.predictions },
    surrogate: found === null ? null : JSON.stringify(surrogate),
  };
  await ctx.ledger.transaction().execute(async (trx) => {
    await requireFence(trx, fence);
    await trx
      .insertInto('importance')
      .values({ model: model.id, ...learned })
      .onConflict((conflict) => conflict.column('model').doUpdateSet(learned))
      .execute();
    if (shares !== null) await learnImportance(trx, model.id, shares);
  });
}

/** Models that one statement asks for: SQLite takes at most 32,766 bound values. */
const MODELS = 5_000;

async function learnedOf(ctx: Pick<Ctx, 'ledger'>, models: readonly string[]): Promise<Map<string, Learned>> {
  const learned = new Map<string, Learned>();
  for (let i = 0; i < models.length; i += MODELS) {
    const rows = await ctx.ledger
      .selectFrom('importance')
      .select(['model', 'tried_at', 'rows', 'predictions'])
      .where('model', 'in', models.slice(i, i + MODELS))
      .execute();
    for (const row of rows) learned.set(row.model, row);
  }
  return learned;
}
