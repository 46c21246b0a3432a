import { digestChannels } from '../actions/digest-channels.ts';
import type { Ctx } from '../context.ts';
import type { DigestRow } from '../store/ledger/schema.ts';
import { scheduleOf } from './digest-row.ts';
import { lastDue } from './schedule.ts';

/** A digest that was due and is not sent yet. */
export interface Overdue {
  readonly channel: string;
  readonly name: string;
  readonly every: DigestRow['every'];
  readonly due: number;
}

/** The digests that were due and are not put into the outbox yet, of channels that are switched on. */
export async function overdueDigests(ctx: Pick<Ctx, 'ledger' | 'clock'>): Promise<Overdue[]> {
  const rows = await ctx.ledger.selectFrom('digests').selectAll().execute();
  if (rows.length === 0) return [];
  const channels = await digestChannels(ctx.ledger);
  return rows.flatMap((row) => {
    const channel = channels.get(row.channel);
    const due = lastDue(scheduleOf(row), ctx.clock());
    if (!channel?.enabled || due <= row.due_done) return [];
    return [{ channel: row.channel, name: channel.name, every: row.every, due }];
  });
}
