import type { Transaction } from 'kysely';
import type { Ctx } from '../../../context.ts';
import type { JudgedAsRow, Ledger } from '../../../store/ledger/schema.ts';

/** Names in one statement: SQLite takes at most 32,766 bound values. */
const MODELS = 5_000;

/** What the history of these models was judged as; one of which nothing was judged is absent. */
export async function readJudgedAs(
  ctx: Pick<Ctx, 'ledger'>,
  models: readonly string[],
): Promise<Map<string, JudgedAsRow>> {
  const all = new Map<string, JudgedAsRow>();
  for (let i = 0; i < models.length; i += MODELS) {
    const rows = await ctx.ledger
      .selectFrom('judged_as')
      .selectAll()
      .where('model', 'in', models.slice(i, i + MODELS))
      .execute();
    for (const row of rows) all.set(row.model, row);
  }
  return all;
}

/** Notes what a model is judged as from now on. */
export async function saveJudgedAs(trx: Transaction<Ledger>, row: JudgedAsRow): Promise<void> {
  await trx
    .insertInto('judged_as')
    .values(row)
    .onConflict((conflict) => conflict.column('model').doUpdateSet(row))
    .execute();
}
