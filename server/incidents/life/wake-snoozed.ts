import type { Ctx } from '../../context.ts';
import { type Fence, requireFence } from '../../jobs/fence.ts';
import type { Announce } from '../announce.ts';
import { incidentOf, membersOf } from '../incident-row.ts';
import { addEvents } from './events.ts';
import { AWAKE } from './untouched.ts';

/** Incidents that are woken in one turn. */
const AT_ONCE = 100;

/** Ends the snoozes whose time has come, and announces that these incidents still go on. */
export async function wakeSnoozed(ctx: Ctx, fence: Fence, announce: Announce): Promise<void> {
  const due = await ctx.ledger
    .selectFrom('incidents')
    .select('id')
    .where('snoozed_until', '>', 0)
    .where('snoozed_until', '<=', ctx.clock())
    .orderBy('id')
    .limit(AT_ONCE)
    .execute();
  for (const { id } of due)
    await ctx.ledger.transaction().execute(async (trx) => {
      await requireFence(trx, fence);
      const row = await trx
        .updateTable('incidents')
        .set({ ...AWAKE, waiting_since: ctx.clock(), updated_at: ctx.clock() })
        .where('id', '=', id)
        .where('snoozed_until', '>', 0)
        .where('snoozed_until', '<=', ctx.clock())
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) return;
      await addEvents(ctx, trx, id, [{ kind: 'snooze_over', text: 'its time has come' }]);
      const models = (await membersOf({ ledger: trx }, [id])).map(({ model }) => model);
      if (row.status !== 'resolved') await announce(ctx, trx, 'snooze_over', incidentOf(row, models));
    });
}
