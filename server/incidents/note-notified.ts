import type { Transaction } from 'kysely';
import type { Ledger } from '../store/ledger/schema.ts';

/** Says in the timeline of an incident that people were told of it: `notified · opened`. */
export async function noteNotified(
  trx: Transaction<Ledger>,
  incident: string,
  at: number,
  event: string,
): Promise<void> {
  await trx
    .insertInto('incident_events')
    .values({ incident, at, kind: 'notified', actor: 'system', actor_id: null, text: event })
    .execute();
}
