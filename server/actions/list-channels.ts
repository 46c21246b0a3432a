import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { pageFrom } from '../page.ts';
import { type Backlog, channelOf, deliveryOf } from './channel-row.ts';

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
  const { items, next_cursor } = pageFrom(await query.execute(), limit, ({ id }) => id);
  const backlog = await backlogOf(
    ctx,
    items.map(({ id }) => id),
  );
  return { items: items.map((row) => channelOf(ctx.vault, row, backlog.get(row.id))), next_cursor };
}

async function backlogOf(ctx: Ctx, channels: readonly string[]): Promise<Map<string, Backlog>> {
  if (channels.length === 0) return new Map();
  const rows = await ctx.ledger
    .selectFrom('outbox')
    .select((eb) => ['channel', 'state', eb.fn.countAll<number>().as('n')])
    .where('channel', 'in', [...channels])
    .where('state', 'in', ['waiting', 'failed'])
    .groupBy(['channel', 'state'])
    .execute();
  const backlog = new Map<string, Backlog>();
  for (const { channel, state, n } of rows)
    backlog.set(channel, { waiting: 0, failed: 0, ...backlog.get(channel), [state]: n });
  return backlog;
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
