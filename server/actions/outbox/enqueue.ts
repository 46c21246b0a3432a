import type { Transaction } from 'kysely';
import type { Ctx } from '../../context.ts';
import type { Announce, Announced, AnnouncedEvent } from '../../incidents/announce.ts';
import { addEvents } from '../../incidents/life/events.ts';
import type { Ledger } from '../../store/ledger/schema.ts';
import type { Concern } from '../concerns.ts';
import { activeSilences, holdsFor } from '../silences/active.ts';
import { concernedBy } from './concerned.ts';
import { put } from './put.ts';

/**
 * Puts one message for every enabled channel that it concerns into the outbox, in the transaction of the change it tells of, behind all
 * that the channel has been told of the incident before. At most one message per channel, incident, episode and event
 * (a raise: and priority), whatever restarts in between. While a silence holds for the incident nobody is told but of its end.
 */
export const enqueue: Announce = async (ctx, trx, event, incident) => {
  if (event === 'resolved') await trx.deleteFrom('silenced').where('incident', '=', incident.id).execute();
  const { any, concern, concerned, told } = await concernedBy(trx, event, incident);
  if (!any || (event !== 'resolved' && (await isSilenced(ctx, trx, concern)))) return;
  const as = event === 'spread' ? 'opened' : event;
  const receivers = isMinor(event, incident)
    ? concerned.filter(({ id, quiet }) => !told.has(id) || (as === event && quiet !== null))
    : concerned;
  await put(ctx, trx, { event: as, incident, once: onceOf(as, incident) }, receivers);
};

/**
 * That it spread, or is for the same day rather than the week, is how it opens for those whom it did not concern before, or who have quiet hours that
 * may hold back what is less urgent; to the others it is no news that is worth a message: what does wake people is a raise to P1.
 */
function isMinor(event: AnnouncedEvent, { priority }: Announced): boolean {
  return event === 'spread' || (event === 'priority_raised' && priority !== 'P1');
}

/** Whether a silence holds for an incident now; then it is noted, so that it is told of when none does any more. */
export async function isSilenced(
  ctx: Ctx,
  trx: Transaction<Ledger>,
  incident: Concern & Pick<Announced, 'id'>,
): Promise<boolean> {
  const silence = holdsFor(await activeSilences(trx, ctx.clock()), incident);
  if (silence === undefined) return false;
  const noted = await trx
    .insertInto('silenced')
    .values({ incident: incident.id, silence: silence.id, since: ctx.clock() })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (noted.numInsertedOrUpdatedRows === 1n)
    await addEvents(ctx, trx, incident.id, [
      { kind: 'silenced', text: `by ${silence.created_by}: ${silence.comment}` },
    ]);
  return true;
}

/** What of an event is told once in an episode: each raise by its priority, each end of a snooze by what was decided until then. */
function onceOf(event: AnnouncedEvent, { priority, revision }: Announced): string {
  if (event === 'priority_raised') return priority;
  return event === 'snooze_over' ? `${revision}` : '';
}
