import { TiltmeterError } from '../../contract/errors.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';

/** Removes a channel; what still waits for it is given up. Errors: not_allowed, not_found. */
export async function deleteChannel(ctx: Ctx, id: string): Promise<void> {
  authorise(ctx.actor, 'admin');
  await ctx.ledger.transaction().execute(async (trx) => {
    const channel = await trx.selectFrom('channels').select('name').where('id', '=', id).executeTakeFirst();
    if (!channel) throw new TiltmeterError('not_found', 'There is no such channel');
    await trx.deleteFrom('channels').where('id', '=', id).execute();
    await trx
      .updateTable('outbox')
      .set({ state: 'failed', last_error: 'the channel was removed' })
      .where('channel', '=', id)
      .where('state', '=', 'waiting')
      .execute();
    await audit(ctx, trx, 'channel.delete', id, { name: channel.name });
  });
}
