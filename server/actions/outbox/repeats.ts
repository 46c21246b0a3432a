import type { Ctx } from '../../context.ts';
import type { SingleJob } from '../../jobs/job.ts';
import type { ChannelRow, OutboxRow } from '../../store/ledger/schema.ts';
import type { ChannelKind } from '../channels/channel.ts';
import { CHANNELS } from '../channels/index.ts';
import { send } from './send.ts';

const EVERY_MS = 60_000;
/** Incidents that one channel is reminded of at a time. */
const AT_MOST = 1_000;

/**
 * Receivers that keep what they are told in memory alone are told of what goes on again each minute, so that one that was
 * started anew knows it too. A reminder is no message: it is not listed, and one that fails is made up for by the next.
 */
export const repeatsJob: SingleJob = {
  name: 'repeats',
  scope: 'one',
  everyMs: EVERY_MS,
  run: (ctx) => remindAll(ctx, CHANNELS),
};

/** Reminds every channel that is switched on and whose kind forgets. */
export async function remindAll(ctx: Ctx, kinds: Readonly<Record<string, ChannelKind>>): Promise<void> {
  const forgetful = Object.values(kinds).filter(({ forgets }) => forgets);
  if (forgetful.length === 0) return;
  const channels = await ctx.ledger
    .selectFrom('channels')
    .selectAll()
    .where('enabled', '=', 1)
    .where(
      'kind',
      'in',
      forgetful.map(({ id }) => id),
    )
    .execute();
  await Promise.all(channels.map((channel) => remind(ctx, kinds, channel)));
}

async function remind(
  ctx: Ctx,
  kinds: Readonly<Record<string, ChannelKind>>,
  channel: ChannelRow,
): Promise<void> {
  for (const row of await goingOn(ctx, channel.id)) {
    const sent = await send(ctx, channel, kinds, row);
    // it is away: what it has forgotten it is told when it is back
    if (!sent.delivered) return;
  }
}

/** The last thing that a channel was told of each incident that goes on; none that something newer waits of. */
function goingOn({ ledger }: Pick<Ctx, 'ledger'>, channel: string): Promise<OutboxRow[]> {
  return ledger
    .selectFrom('outbox')
    .selectAll()
    .where('channel', '=', channel)
    .where('state', '=', 'delivered')
    .where('event', 'not in', ['resolved', 'test', 'digest', 'audit_head'])
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('outbox as later')
            .select('later.id')
            .whereRef('later.channel', '=', 'outbox.channel')
            .whereRef('later.incident', '=', 'outbox.incident')
            .whereRef('later.sequence', '>', 'outbox.sequence'),
        ),
      ),
    )
    .orderBy('id', 'desc')
    .limit(AT_MOST)
    .execute();
}
