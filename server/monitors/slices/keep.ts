import type { Transaction } from 'kysely';
import type { ModelSlices } from '../../../contract/slices.ts';
import type { Ctx } from '../../context.ts';
import type { Ledger, SlicesRow } from '../../store/ledger/schema.ts';

/** Models that one statement asks for: SQLite takes at most 32,766 bound values. */
const MODELS = 5_000;

/** When slices of these models were last looked for, and where; one that never were is absent. */
export async function readSlices(
  { ledger }: Pick<Ctx, 'ledger'>,
  models: readonly string[],
): Promise<Map<string, SlicesRow>> {
  const all = new Map<string, SlicesRow>();
  for (let i = 0; i < models.length; i += MODELS) {
    const some = models.slice(i, i + MODELS);
    const rows = await ledger.selectFrom('slices').selectAll().where('model', 'in', some).execute();
    for (const row of rows) all.set(row.model, row);
  }
  return all;
}

/** What was found last of those models of which the search had a part in a stretch of event time. */
export async function slicesWithin(
  ctx: Pick<Ctx, 'ledger'>,
  models: readonly string[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<ModelSlices[]> {
  const rows = [...(await readSlices(ctx, models)).values()];
  return rows
    .filter(({ range_from, range_to }) => range_from < to && range_to > from)
    .map(({ found }) => JSON.parse(found) as ModelSlices)
    .filter(({ items }) => items.length > 0);
}

/** Keeps what was found in place of what was before. */
export async function keepSlices(trx: Transaction<Ledger>, row: SlicesRow): Promise<void> {
  await trx
    .insertInto('slices')
    .values(row)
    .onConflict((conflict) => conflict.column('model').doUpdateSet(row))
    .execute();
}
