import type { Digest, DigestEvery, DigestSettings } from '../../contract/digest.ts';
import { TiltmeterError } from '../../contract/errors.ts';
import { type DigestChannel, digestChannels } from '../actions/digest-channels.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import type { DigestRow } from '../store/ledger/schema.ts';
import { digestOf, scheduleOf } from './digest-row.ts';
import { lastDue } from './schedule.ts';

/** Every digest, by channel. Errors: not_allowed. */
export async function listDigests(ctx: Ctx): Promise<{ items: Digest[]; next_cursor: null }> {
  authorise(ctx.actor, 'read');
  const channels = await digestChannels(ctx.ledger);
  const rows = await ctx.ledger
    .selectFrom('digests')
    .selectAll()
    .orderBy('channel')
    .orderBy('every')
    .execute();
  const now = ctx.clock();
  // One of a channel that was removed goes when it is due.
  const items = rows.flatMap((row) => {
    const channel = channels.get(row.channel);
    return channel === undefined ? [] : [digestOf(row, channel, now)];
  });
  return { items, next_cursor: null };
}

/**
 * Gives a channel a digest, or changes the one it gets. What it told goes on from where it was; a new one begins with the time since it was last due.
 * Errors: not_allowed, not_found, invalid_request (the channel has no form for it, a weekly one on several days).
 */
export async function setDigest(
  ctx: Ctx,
  id: string,
  every: DigestEvery,
  settings: DigestSettings,
): Promise<Digest> {
  authorise(ctx.actor, 'admin');
  const channel = await receiver(ctx, id);
  if (channel.refuses !== null) throw new TiltmeterError('invalid_request', channel.refuses);
  if (every === 'weekly' && settings.days !== undefined && settings.days.length !== 1)
    throw new TiltmeterError(
      'invalid_request',
      'days of a weekly digest must name one day: a digest of several days is a daily one',
    );
  const now = ctx.clock();
  const stored = { settings: JSON.stringify(settings), updated_at: now };
  const done = lastDue(scheduleOf({ every, ...stored }), now);
  const row: DigestRow = { channel: id, every, ...stored, due_done: done, told_to: done, created_at: now };
  return ctx.ledger.transaction().execute(async (trx) => {
    const kept = await trx
      .insertInto('digests')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['channel', 'every']).doUpdateSet({ ...stored, due_done: done }),
      )
      .returningAll()
      .executeTakeFirstOrThrow();
    await audit(ctx, trx, 'digest.set', id, { channel: channel.name, every, ...settings });
    return digestOf(kept, channel, now);
  });
}

/** Takes a digest from a channel. Errors: not_allowed, not_found. */
export async function deleteDigest(ctx: Ctx, id: string, every: DigestEvery): Promise<void> {
  authorise(ctx.actor, 'admin');
  const channel = await receiver(ctx, id);
  await ctx.ledger.transaction().execute(async (trx) => {
    const gone = await trx
      .deleteFrom('digests')
      .where('channel', '=', id)
      .where('every', '=', every)
      .executeTakeFirst();
    if (gone.numDeletedRows === 0n)
      throw new TiltmeterError('not_found', `${channel.name} gets no ${every} digest`);
    await audit(ctx, trx, 'digest.delete', id, { channel: channel.name, every });
  });
}

/** Errors: not_found. */
async function receiver(ctx: Ctx, id: string): Promise<DigestChannel> {
  const channel = (await digestChannels(ctx.ledger)).get(id);
  if (channel === undefined) throw new TiltmeterError('not_found', 'There is no such channel');
  return channel;
}
