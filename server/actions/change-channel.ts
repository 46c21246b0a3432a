import type { Channel, ChannelChange } from '../../contract/channel.ts';
import { TiltmeterError } from '../../contract/errors.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { channelOf } from './channel-row.ts';

/**
 * Renames a channel, switches it off or on, or says which incidents it is told of from now on, when it is left alone, and how much it is told. What waits for it is still sent.
 * Errors: not_allowed, not_found, conflict (name taken).
 */
export async function changeChannel(
  ctx: Ctx,
  id: string,
  { name, enabled, only, quiet, per_hour }: ChannelChange,
): Promise<Channel> {
  authorise(ctx.actor, 'admin');
  return ctx.ledger.transaction().execute(async (trx) => {
    const known = await trx.selectFrom('channels').selectAll().where('id', '=', id).executeTakeFirst();
    if (known === undefined) throw new TiltmeterError('not_found', 'There is no such channel');
    const taken = await trx
      .selectFrom('channels')
      .select('id')
      .where('name', '=', name ?? known.name)
      .where('id', '!=', id)
      .executeTakeFirst();
    if (taken) throw new TiltmeterError('conflict', `There is a channel called ${name} already`);
    const row = await trx
      .updateTable('channels')
      .set({
        name: name ?? known.name,
        enabled: enabled === undefined ? known.enabled : enabled ? 1 : 0,
        only_of: only === undefined ? known.only_of : JSON.stringify(only),
        quiet: quiet === undefined ? known.quiet : quiet === null ? null : JSON.stringify(quiet),
        per_hour: per_hour === undefined ? known.per_hour : per_hour,
        updated_at: ctx.clock(),
      })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await audit(ctx, trx, 'channel.change', id, { name, enabled, only, quiet, per_hour });
    return channelOf(ctx.vault, row);
  });
}
