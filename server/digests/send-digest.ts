import type { Delivery } from '../../contract/channel.ts';
import type { DigestContent, DigestEvery, DigestQuestion } from '../../contract/digest.ts';
import { TiltmeterError } from '../../contract/errors.ts';
import { deliveryOf } from '../actions/channel-row.ts';
import { digestChannels } from '../actions/digest-channels.ts';
import { putDigest } from '../actions/outbox/put-digest.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { compose } from './compose/compose.ts';
import { aboutOf, onlyOf, scheduleOf } from './digest-row.ts';
import { lengthOf } from './schedule.ts';

/** What a digest would say of the past day, or week; nothing is stored or sent. Errors: not_allowed, not_found. */
export async function previewDigest(
  ctx: Ctx,
  { every, zone, channel: id, only }: DigestQuestion,
): Promise<DigestContent> {
  authorise(ctx.actor, 'read');
  const channel = id === undefined ? undefined : (await digestChannels(ctx.ledger)).get(id);
  if (id !== undefined && channel === undefined)
    throw new TiltmeterError('not_found', 'There is no such channel');
  const to = ctx.clock();
  return compose(ctx, {
    ...{ every, zone, only: aboutOf(only, channel), due: null },
    range: { from: to - lengthOf(every), to },
  });
}

/**
 * Sends a channel its digest of the past day, or week, now; when the next one is due stays as it is. Errors: not_allowed, not_found, conflict (the channel
 * is switched off).
 */
export async function sendDigest(ctx: Ctx, id: string, every: DigestEvery): Promise<Delivery> {
  authorise(ctx.actor, 'write');
  const row = await ctx.ledger
    .selectFrom('digests')
    .selectAll()
    .where('channel', '=', id)
    .where('every', '=', every)
    .executeTakeFirst();
  if (row === undefined) throw new TiltmeterError('not_found', `This channel gets no ${every} digest`);
  const content = await previewDigest(ctx, {
    every,
    zone: scheduleOf(row).zone,
    channel: id,
    only: onlyOf(row),
  });
  return ctx.ledger.transaction().execute(async (trx) => {
    const sent = await putDigest(ctx, trx, { channel: id, content, once: `now ${ctx.ids.id()}` });
    if (sent === undefined) throw new TiltmeterError('conflict', 'This channel is switched off');
    await audit(ctx, trx, 'digest.send', id, { every });
    return deliveryOf(sent);
  });
}
