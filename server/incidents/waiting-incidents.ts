import type { Kysely, Transaction } from 'kysely';
import type { Ledger } from '../store/ledger/schema.ts';
import type { Announced } from './announce.ts';
import { incidentOf, membersOf } from './incident-row.ts';
import { modelsOfIncidents } from './models-of-incidents.ts';

/** An incident that nobody acknowledged, and since when it waits for that, by the wall clock. */
export interface Waiting {
  readonly incident: Announced;
  readonly waitingSince: number;
}

/** Incidents that wait for somebody who acknowledges them, those that wait longest first; none that is snoozed. */
export async function unacknowledged(ledger: Kysely<Ledger>, limit: number): Promise<Waiting[]> {
  const rows = await ledger
    .selectFrom('incidents')
    .selectAll()
    .where('status', '=', 'open')
    .where('snoozed_until', 'is', null)
    .orderBy('waiting_since')
    .orderBy('id')
    .limit(limit)
    .execute();
  const models = await modelsOfIncidents(ledger, rows);
  return rows.map((row) => ({
    incident: incidentOf(row, models.get(row.id)!),
    waitingSince: row.waiting_since,
  }));
}

/** An incident as it is told, its row held until the transaction ends; undefined when there is none any more. */
export async function holdAnnounced(
  trx: Transaction<Ledger>,
  id: string,
): Promise<(Waiting & { readonly snoozed: boolean }) | undefined> {
  const row = await trx
    .selectFrom('incidents')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const models = (await membersOf({ ledger: trx }, [id])).map(({ model }) => model);
  return {
    incident: incidentOf(row, models),
    waitingSince: row.waiting_since,
    snoozed: row.snoozed_until !== null,
  };
}

/** The clock was set back: what waits since a moment ahead waits since now. */
export async function waitFromNow(trx: Transaction<Ledger>, id: string, now: number): Promise<void> {
  await trx.updateTable('incidents').set({ waiting_since: now }).where('id', '=', id).execute();
}
