import { rfc3339 } from '../../contract/time.ts';
import { type DigestChannel, digestChannels } from '../actions/digest-channels.ts';
import { putDigest } from '../actions/outbox/put-digest.ts';
import type { Ctx } from '../context.ts';
import { type Fence, isLeaseLost, requireFence } from '../jobs/fence.ts';
import type { SingleJob } from '../jobs/job.ts';
import type { DigestRow } from '../store/ledger/schema.ts';
import { compose } from './compose/compose.ts';
import { aboutOf, onlyOf, scheduleOf } from './digest-row.ts';
import { lastDue } from './schedule.ts';

/** A digest tells no more than so long a time, however long nobody sent it. */
const LONGEST_MS = 35 * 86_400_000;
/** A moment further ahead is of a clock that was set back. */
const AHEAD_MS = 60_000;

/**
 * Sends digests that are due: each once for a moment at which it is due, whatever restarts in between. One that nobody could send in time is sent late,
 * once, and tells all of the time since the one before.
 */
export const digestsJob: SingleJob = {
  name: 'digests',
  scope: 'one',
  everyMs: 15_000,
  async run(ctx, fence) {
    const rows = await ctx.ledger
      .selectFrom('digests')
      .selectAll()
      .orderBy('channel')
      .orderBy('every')
      .execute();
    if (rows.length === 0) return;
    const channels = await digestChannels(ctx.ledger);
    const failures: unknown[] = [];
    for (const row of rows) {
      try {
        await tell(ctx, fence, row, channels.get(row.channel));
      } catch (err) {
        if (isLeaseLost(err)) throw err;
        ctx.log.warn({ err, channel: row.channel, every: row.every }, 'digest not sent; it is tried again');
        failures.push(err);
      }
      await ctx.turn();
    }
    // The other digests were sent; that this one was not is no secret of the log.
    if (failures.length > 0) throw failures[0];
  },
};

async function tell(
  ctx: Ctx,
  fence: Fence,
  row: DigestRow,
  channel: DigestChannel | undefined,
): Promise<void> {
  const schedule = scheduleOf(row);
  const due = lastDue(schedule, ctx.clock());
  if (channel === undefined) return forget(ctx, fence, row);
  if (row.due_done > ctx.clock() + AHEAD_MS)
    return note(ctx, fence, row, { due_done: due, told_to: Math.min(row.told_to, due) });
  if (due <= row.due_done) return;
  // What comes while the channel is switched off is told when it is on again.
  if (!channel.enabled) return note(ctx, fence, row, { due_done: due });
  const from = Math.max(Math.min(row.told_to, due), due - LONGEST_MS);
  const content = await compose(ctx, {
    ...{ every: row.every, zone: schedule.zone, only: aboutOf(onlyOf(row), channel), due },
    range: { from, to: due },
  });
  await note(ctx, fence, row, { due_done: due, told_to: due }, async (trx) => {
    await putDigest(ctx, trx, { channel: row.channel, content, once: rfc3339(due) });
  });
}

type Transaction = Parameters<typeof requireFence>[0];

/** Notes how far a digest is, unless another server or a person has decided something of it since it was read; then nothing is told either. */
async function note(
  ctx: Ctx,
  fence: Fence,
  { channel, every, due_done, updated_at }: DigestRow,
  set: Partial<Pick<DigestRow, 'due_done' | 'told_to'>>,
  also: (trx: Transaction) => Promise<void> = async () => {},
): Promise<void> {
  await ctx.ledger.transaction().execute(async (trx) => {
    await requireFence(trx, fence);
    const changed = await trx
      .updateTable('digests')
      .set(set)
      .where('channel', '=', channel)
      .where('every', '=', every)
      .where('due_done', '=', due_done)
      .where('updated_at', '=', updated_at)
      .executeTakeFirst();
    if (changed.numUpdatedRows === 1n) await also(trx);
  });
}

/** The channel was removed, and its digests with it. */
async function forget(ctx: Ctx, fence: Fence, { channel }: DigestRow): Promise<void> {
  await ctx.ledger.transaction().execute(async (trx) => {
    await requireFence(trx, fence);
    await trx.deleteFrom('digests').where('channel', '=', channel).execute();
  });
}
