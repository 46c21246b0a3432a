import type { Channel, NewChannel } from '../../contract/channel.ts';
import { TiltmeterError } from '../../contract/errors.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import type { ChannelRow } from '../store/ledger/schema.ts';
import { channelOf } from './channel-row.ts';
import { refusePrivate } from './public-address.ts';
import { sealOptions } from './sealed-options.ts';

/** Adds a channel that every incident is told to, or where the audit log ends. Errors: not_allowed, conflict (name taken), private_address. */
export async function createChannel(
  ctx: Ctx,
  { name, kind, address, secret, tells }: NewChannel,
): Promise<Channel> {
  authorise(ctx.actor, 'admin');
  if (!/^https?:$/.test(new URL(address).protocol))
    throw new TiltmeterError('invalid_request', 'address must begin with http:// or https://');
  if (!ctx.settings.allowPrivateAddresses) await refusePrivate(address);
  const now = ctx.clock();
  const id = ctx.ids.id();
  const row: ChannelRow = {
    id,
    name,
    kind,
    options: sealOptions(ctx.vault, id, secret === undefined ? { address } : { address, secret }),
    enabled: 1,
    tells,
    created_at: now,
    updated_at: now,
  };
  await ctx.ledger.transaction().execute(async (trx) => {
    const stored = await trx
      .insertInto('channels')
      .values(row)
      .onConflict((conflict) => conflict.column('name').doNothing())
      .executeTakeFirst();
    if (stored.numInsertedOrUpdatedRows === 0n)
      throw new TiltmeterError('conflict', `There is a channel called ${name} already`);
    await audit(ctx, trx, 'channel.create', row.id, {
      name,
      kind,
      tells,
      address: channelOf(ctx.vault, row).address,
    });
  });
  return channelOf(ctx.vault, row);
}
