import type { Ctx } from '../../context.ts';
import { noteNotified } from '../../incidents/note-notified.ts';
import type { OutboxRow } from '../../store/ledger/schema.ts';
import { pauseAfter } from './backoff.ts';
import type { Sent } from './send.ts';

/** What has no timeline to say in that people were told. */
const OF_NO_INCIDENT: readonly OutboxRow['event'][] = ['test', 'digest'];

/**
 * What became of a message: delivered, to be tried again, or given up. It changes nothing when another server has taken
 * the message up meanwhile: then that one says what became of it.
 */
export async function record(ctx: Ctx, row: OutboxRow, sent: Sent): Promise<void> {
  const now = ctx.clock();
  const attempts = row.attempts + 1;
  const pause = sent.delivered || !sent.retry ? null : pauseAfter(attempts);
  const state = sent.delivered ? 'delivered' : pause === null ? 'failed' : 'waiting';
  await ctx.ledger.transaction().execute(async (trx) => {
    const changed = await trx
      .updateTable('outbox')
      .set({
        state,
        attempts,
        next_at: pause === null ? row.next_at : now + pause,
        claimed_until: 0,
        last_error: sent.delivered ? null : sent.error,
        delivered_at: sent.delivered ? now : null,
      })
      .where('id', '=', row.id)
      .where('claim', '=', row.claim)
      .where('state', '=', 'waiting')
      .executeTakeFirst();
    if (changed.numUpdatedRows === 1n && sent.delivered && !OF_NO_INCIDENT.includes(row.event))
      await noteNotified(trx, row.incident, now, row.event);
  });
}
