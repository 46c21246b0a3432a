import { TiltmeterError } from '../../contract/errors.ts';
import type { Ctx } from '../context.ts';
import type { OutboxRow } from '../store/ledger/schema.ts';
import { DeliveryError } from './channels/channel.ts';
import { CHANNELS } from './channels/index.ts';

export const TIMEOUT_MS = 10_000;
export const ATTEMPTS = 12;
/** While a server delivers a message, no other takes it for so long. */
const CLAIM_MS = TIMEOUT_MS * 3;
const BATCH = 50;

/** Pause before the next try: 5 s, doubled each time, at most an hour. `backoff(1)` → 5000 */
export function backoff(attempts: number): number {
  return Math.min(5_000 * 2 ** (attempts - 1), 3_600_000);
}

/**
 * Delivers what waits in the outbox and is due. A message counts as delivered once the receiver has accepted it; a
 * server that dies between the two delivers it again under the same idempotency key.
 */
export async function deliverDue(ctx: Ctx): Promise<void> {
  const due = await ctx.ledger
    .selectFrom('outbox')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('next_at', '<=', ctx.clock())
    .orderBy('created_at')
    .orderBy('id')
    .limit(BATCH)
    .execute();
  // One channel's messages go in order; a channel that hangs does not hold up the others.
  const byChannel = Map.groupBy(due, (row) => row.channel);
  await Promise.all(
    [...byChannel.values()].map(async (rows) => {
      for (const row of rows) if (!(await deliverOne(ctx, row))) break;
    }),
  );
}

/** Tries one message now. True when it was delivered. */
export async function deliverOne(ctx: Ctx, row: OutboxRow): Promise<boolean> {
  if (!(await claim(ctx, row))) return false;
  const attempts = row.attempts + 1;
  try {
    await send(ctx, row);
  } catch (error) {
    const retry = error instanceof DeliveryError ? error.retry : !(error instanceof TiltmeterError);
    const failed = !retry || attempts >= ATTEMPTS;
    await ctx.ledger
      .updateTable('outbox')
      .set({
        state: failed ? 'failed' : 'waiting',
        next_at: ctx.clock() + backoff(attempts),
        last_error: error instanceof Error ? error.message : String(error),
      })
      .where('id', '=', row.id)
      .execute();
    ctx.log.warn({ channel: row.channel, incident: row.incident, attempts, err: error }, 'delivery failed');
    return false;
  }
  await ctx.ledger.transaction().execute(async (trx) => {
    const now = ctx.clock();
    await trx
      .updateTable('outbox')
      .set({ state: 'delivered', delivered_at: now, last_error: null })
      .where('id', '=', row.id)
      .execute();
    if (row.event === 'test') return;
    await trx
      .insertInto('incident_events')
      .values({ incident: row.incident, at: now, kind: 'notified', actor: 'system', text: row.event })
      .execute();
  });
  return true;
}

/** Only one server at a time: the row is as we read it, and is now ours for a while. */
async function claim(ctx: Ctx, row: OutboxRow): Promise<boolean> {
  const result = await ctx.ledger
    .updateTable('outbox')
    .set((eb) => ({ next_at: ctx.clock() + CLAIM_MS, attempts: eb('attempts', '+', 1) }))
    .where('id', '=', row.id)
    .where('state', '=', 'waiting')
    .where('attempts', '=', row.attempts)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

async function send(ctx: Ctx, row: OutboxRow): Promise<void> {
  const channel = await ctx.ledger
    .selectFrom('channels')
    .selectAll()
    .where('id', '=', row.channel)
    .executeTakeFirst();
  if (!channel) throw new DeliveryError('the channel was removed', false);
  const kind = CHANNELS[channel.kind];
  if (!kind) throw new DeliveryError(`there is no channel kind ${channel.kind}`, false);
  const options = kind.options.parse(JSON.parse(channel.options));
  await kind.deliver(
    {
      clock: ctx.clock,
      allowPrivateAddresses: ctx.settings.allowPrivateAddresses,
      timeoutMs: TIMEOUT_MS,
    },
    options,
    { idempotencyKey: row.id, event: row.event, body: row.payload },
  );
}
