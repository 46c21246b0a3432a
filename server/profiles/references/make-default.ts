import type { Transaction } from 'kysely';
import { setReference } from '../../models/learn.ts';
import type { Ledger, ReferenceRow } from '../../store/ledger/schema.ts';

/**
 * Makes a reference the one that monitors use when they name none, and notes when; `when: 'none'` only where there is none.
 * True when it did.
 */
export async function makeDefault(
  trx: Transaction<Ledger>,
  { id, model }: Pick<ReferenceRow, 'id' | 'model'>,
  when: 'always' | 'none',
  now: number,
): Promise<boolean> {
  const set = await setReference(trx, { model, reference: id, when, now });
  if (set) await trx.updateTable('references').set({ default_at: now }).where('id', '=', id).execute();
  return set;
}
