import type { Transaction } from 'kysely';
import { type Ctx, shownName } from '../../context.ts';
import type { IncidentEventRow, Ledger } from '../../store/ledger/schema.ts';

/** Writes what somebody did into the timeline of an incident, in this order. */
export async function addEvents(
  ctx: Pick<Ctx, 'actor' | 'clock'>,
  trx: Transaction<Ledger>,
  incident: string,
  events: readonly Pick<IncidentEventRow, 'kind' | 'text'>[],
): Promise<void> {
  if (events.length === 0) return;
  const by = { incident, at: ctx.clock(), actor: shownName(ctx.actor), actor_id: ctx.actor.id };
  await trx
    .insertInto('incident_events')
    .values(events.map(({ kind, text }) => ({ ...by, kind, text })))
    .execute();
}
