import { setTimeout as sleep } from 'node:timers/promises';
import type { Ctx } from '../../context.ts';
import type { OutboxRow } from '../../store/ledger/schema.ts';
import type { ChannelKind } from '../channels/channel.ts';
import { record } from './record.ts';
import { send } from './send.ts';

/** Pauses before an outcome that the ledger could not take is recorded again; together well under a claim. */
const RECORD_AGAIN_MS = [100, 400, 1_600, 6_400];

/**
 * Tries a message that this server has taken up, and records what became of it. Only the channel's own failure counts
 * as a try. An outcome that cannot be recorded is lost with the claim: the message is then sent again under the same
 * idempotency key, which the receiver recognises.
 */
export async function deliver(
  ctx: Ctx,
  kinds: Readonly<Record<string, ChannelKind>>,
  row: OutboxRow,
  pauses: readonly number[] = RECORD_AGAIN_MS,
): Promise<void> {
  const about = { channel: row.channel, incident: row.incident, event: row.event };
  const channel = await ctx.ledger
    .selectFrom('channels')
    .selectAll()
    .where('id', '=', row.channel)
    .executeTakeFirst();
  const sent = await send(ctx, channel, kinds, row);
  if (!sent.delivered)
    ctx.log.warn({ ...about, tries: row.attempts + 1, err: sent.error }, 'delivery failed');
  for (const pause of [...pauses, null]) {
    try {
      return await record(ctx, row, sent);
    } catch (err) {
      if (pause === null) throw err;
      await sleep(pause);
    }
  }
}
