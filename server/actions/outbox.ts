import type { Announce } from '../incidents/announce.ts';
import { payload } from './payload.ts';

/**
 * Puts one message for every enabled channel into the outbox, in the transaction of the change it tells of.
 * At most one message per channel, incident and event, whatever restarts in between.
 */
export const enqueue: Announce = async (ctx, trx, event, incident) => {
  const channels = await trx.selectFrom('channels').select('id').where('enabled', '=', 1).execute();
  if (channels.length === 0) return;
  const now = ctx.clock();
  const body = payload(event, incident, ctx.settings.address);
  await trx
    .insertInto('outbox')
    .values(
      channels.map(({ id: channel }) => ({
        id: ctx.ids.id(),
        channel,
        incident: incident.id,
        event,
        payload: body,
        state: 'waiting' as const,
        attempts: 0,
        next_at: now,
        last_error: null,
        created_at: now,
        delivered_at: null,
      })),
    )
    .onConflict((conflict) => conflict.columns(['channel', 'incident', 'event']).doNothing())
    .execute();
};
