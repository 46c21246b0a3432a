import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { pageFrom } from '../page.ts';
import { channelOf, deliveryOf } from './channel-row.ts';

interface Page {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** All channels, oldest first. */
export async function listChannels(ctx: Ctx, { limit, cursor }: Page) {
  authorise(ctx.actor, 'read');
  let query = ctx.ledger
    .selectFrom('channels')
    .selectAll()
    .orderBy('id')
    .limit(limit + 1);
  if (cursor !== undefined) query = query.where('id', '>', cursor);
  return pageFrom((await query.execute()).map(channelOf), limit, (channel) => channel.id);
}

/** What was sent through a channel, newest first. */
export async function listDeliveries(ctx: Ctx, channel: string, { limit, cursor }: Page) {
  authorise(ctx.actor, 'read');
  let query = ctx.ledger
    .selectFrom('outbox')
    .selectAll()
    .where('channel', '=', channel)
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (cursor !== undefined) query = query.where('id', '<', cursor);
  return pageFrom((await query.execute()).map(deliveryOf), limit, (delivery) => delivery.id);
}
