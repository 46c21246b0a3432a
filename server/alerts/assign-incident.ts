import type { Transaction } from 'kysely';
import type { Ledger } from '../store/ledger/schema.ts';

/** Says of alerts which incident tells of them, as `GET /api/v1/alerts` shows it. */
export async function assignIncident(
  trx: Transaction<Ledger>,
  alerts: readonly string[],
  incident: string,
): Promise<void> {
  // one after the other and always in this order, so that two that do it do not wait for each other
  for (const id of [...alerts].sort())
    await trx.updateTable('alerts').set({ incident }).where('id', '=', id).execute();
}
