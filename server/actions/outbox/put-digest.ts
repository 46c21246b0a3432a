import type { Transaction } from 'kysely';
import type { DigestContent } from '../../../contract/digest.ts';
import { endOfHours } from '../../../contract/week-hours.ts';
import type { Ctx } from '../../context.ts';
import type { Ledger, OutboxRow } from '../../store/ledger/schema.ts';
import { quietOf } from '../channel-row.ts';
import { digestPayload } from './payload.ts';
import { lastTold } from './put.ts';
import { waiting } from './waiting.ts';

/** A digest for a channel. `once`: what tells it from others of the channel; the same is told once, whatever restarts in between. */
export interface DigestMessage {
  readonly channel: string;
  readonly content: DigestContent;
  readonly once: string;
}

/**
 * Puts a digest into the outbox, in the transaction that notes up to when was told; in quiet hours it is sent when they end. The row that it became;
 * undefined when it is there already, or the channel gets none.
 */
export async function putDigest(
  ctx: Ctx,
  trx: Transaction<Ledger>,
  { channel, content, once }: DigestMessage,
): Promise<OutboxRow | undefined> {
  const receiver = await trx
    .selectFrom('channels')
    .select(['id', 'quiet'])
    .where('id', '=', channel)
    .where('enabled', '=', 1)
    .where('tells', '!=', 'audit_head')
    .executeTakeFirst();
  if (receiver === undefined) return undefined;
  const about = `digest-${content.every}`;
  const now = ctx.clock();
  const quiet = quietOf(receiver);
  return trx
    .insertInto('outbox')
    .values({
      id: ctx.ids.id(),
      channel,
      incident: about,
      sequence: ((await lastTold(trx, about)).get(channel) ?? 0) + 1,
      episode: 1,
      event: 'digest',
      raised_to: once,
      payload: digestPayload(content, ctx.settings.address),
      ...waiting(now),
      held_until: quiet === null ? 0 : (endOfHours(quiet.hours, now) ?? 0),
    })
    .onConflict((conflict) =>
      conflict.columns(['channel', 'incident', 'episode', 'event', 'raised_to']).doNothing(),
    )
    .returningAll()
    .executeTakeFirst();
}
