import type { Transaction } from 'kysely';
import type { Ledger } from '../store/ledger/schema.ts';

/** Alerts that one statement changes. */
const ALERTS = 500;

/** Says of alerts which incident tells of them, as `GET /api/v1/alerts` shows it. */
export async function assignIncident(
  trx: Transaction<Ledger>,
  alerts: readonly string[],
  incident: string,
): Promise<void> {
  // held always in this order, so that two that do it do not wait for each other
  const sorted = [...alerts].sort();
  for (let i = 0; i < sorted.length; i += ALERTS) {
    const piece = sorted.slice(i, i + ALERTS);
    await trx.selectFrom('alerts').select('id').where('id', 'in', piece).orderBy('id').forUpdate().execute();
    await trx.updateTable('alerts').set({ incident }).where('id', 'in', piece).execute();
  }
}
