import type { Delivery } from '../../contract/channel.ts';
import { TiltmeterError } from '../../contract/errors.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { deliveryOf } from './channel-row.ts';

/**
 * Sends a message that was given up once more, as if it were new: what waits behind it waits for it, what was delivered
 * since is not repeated. Errors: not_allowed, not_found, conflict (it waits or was delivered).
 */
export async function retryDelivery(ctx: Ctx, channel: string, id: string): Promise<Delivery> {
  authorise(ctx.actor, 'write');
  return ctx.ledger.transaction().execute(async (trx) => {
    const known = await trx
      .selectFrom('outbox')
      .innerJoin('channels', 'channels.id', 'outbox.channel')
      .select('outbox.state')
      .where('outbox.id', '=', id)
      .where('outbox.channel', '=', channel)
      .executeTakeFirst();
    if (!known) throw new TiltmeterError('not_found', 'There is no such delivery');
    const row = await trx
      .updateTable('outbox')
      .set({ state: 'waiting', attempts: 0, next_at: ctx.clock(), last_error: null })
      .where('id', '=', id)
      .where('state', '=', 'failed')
      .returningAll()
      .executeTakeFirst();
    if (!row)
      throw new TiltmeterError(
        'conflict',
        known.state === 'delivered' ? 'It was delivered' : 'It is waiting already',
      );
    await audit(ctx, trx, 'delivery.retry', id, { channel, incident: row.incident, event: row.event });
    return deliveryOf(row);
  });
}
