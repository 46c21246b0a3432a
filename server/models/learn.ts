import type { Transaction } from 'kysely';
import type { LabelType } from '../../contract/label.ts';
import type { Ctx } from '../context.ts';
import type { ColumnRow, Ledger } from '../store/ledger/schema.ts';

/** Settles what the labels of a model are while that is unknown. What people set is left alone. */
export async function learnLabelType(
  ctx: Pick<Ctx, 'ledger' | 'clock'>,
  model: string,
  label_type: LabelType,
): Promise<void> {
  await ctx.ledger
    .updateTable('models')
    .set({ label_type, updated_at: ctx.clock() })
    .where('id', '=', model)
    .where('label_type', 'is', null)
    .execute();
}

/** Stores the shares of importance that were learnt, unless people have set them. */
export async function learnImportance(
  trx: Transaction<Ledger>,
  model: string,
  shares: Readonly<Record<string, number>>,
): Promise<void> {
  await trx
    .updateTable('models')
    .set({ importance: JSON.stringify(shares), importance_source: 'surrogate' })
    .where('id', '=', model)
    .where((eb) => eb.or([eb('importance', 'is', null), eb('importance_source', '=', 'surrogate')]))
    .execute();
}

/**
 * Says what a column turned out to be, and how many predictions there were when it was looked at (null: nobody looks any
 * more). What people said meanwhile stays. True when it is something else now than before.
 */
export async function learnMeaning(
  { ledger }: Pick<Ctx, 'ledger'>,
  model: string,
  column: Pick<ColumnRow, 'name' | 'meaning' | 'looked'>,
  learned: { readonly meaning?: ColumnRow['meaning']; readonly why?: string; readonly looked: number | null },
): Promise<boolean> {
  const { meaning = null, why = null, looked } = learned;
  const done = await ledger
    .updateTable('columns')
    .set({ meaning, recognised: why, looked })
    .where('model', '=', model)
    .where('name', '=', column.name)
    .where('looked', '=', column.looked)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n && meaning !== column.meaning;
}

/** Makes a reference the one that monitors use when they name none; `when: 'none'` only where there is none. True when it did. */
export async function setReference(
  trx: Transaction<Ledger>,
  {
    model,
    reference,
    when,
    now,
  }: { model: string; reference: string | null; when: 'always' | 'none'; now: number },
): Promise<boolean> {
  let update = trx
    .updateTable('models')
    .set({ reference_id: reference, updated_at: now })
    .where('id', '=', model);
  if (when === 'none') update = update.where('reference_id', 'is', null);
  return (await update.executeTakeFirst()).numUpdatedRows > 0n;
}

/** A reference that is removed is nobody's default any more. */
export async function forgetReference(
  trx: Transaction<Ledger>,
  model: string,
  reference: string,
  now: number,
): Promise<void> {
  await trx
    .updateTable('models')
    .set({ reference_id: null, updated_at: now })
    .where('id', '=', model)
    .where('reference_id', '=', reference)
    .execute();
}
