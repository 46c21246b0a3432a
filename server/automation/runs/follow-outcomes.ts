import type { ActionOutcome } from '../../../contract/action.ts';
import type { Ctx } from '../../context.ts';
import { addEvents } from '../../incidents/life/events.ts';
import { type Fence, requireFence } from '../../jobs/fence.ts';
import { inBackground } from '../../store/lake/background.ts';
import type { ActionRunRow } from '../../store/ledger/schema.ts';
import { outcomeOf } from './outcome.ts';

const HOUR = 3_600_000;
/** After so long without an answer nothing is expected any more. */
const LONGEST_MS = 30 * 24 * HOUR;
const AT_ONCE = 5;

/** Looks hourly at what came of what was begun, until it is known or a month is over. One that cannot be told now is looked at again. */
export async function followOutcomes(ctx: Ctx, fence: Fence): Promise<void> {
  const now = ctx.clock();
  const due = await ctx.ledger
    .selectFrom('action_runs')
    .selectAll()
    .where((eb) => eb.or([eb('outcome_due_at', '<=', now), eb('outcome_due_at', '>', now + 2 * HOUR)]))
    .where('outcome_due_at', 'is not', null)
    .orderBy('outcome_due_at')
    .limit(AT_ONCE)
    .execute();
  for (const run of due) {
    const found = await look(ctx, run);
    await note(ctx, fence, run, found);
    await ctx.turn();
  }
}

async function look(ctx: Ctx, { model, begun_at }: ActionRunRow): Promise<ActionOutcome | null> {
  try {
    return await outcomeOf({ ...ctx, lake: inBackground(ctx.lake) }, model, begun_at!);
  } catch (err) {
    ctx.log.warn({ err, model }, 'what came of an action could not be read; it is looked at again');
    return null;
  }
}

async function note(ctx: Ctx, fence: Fence, run: ActionRunRow, found: ActionOutcome | null): Promise<void> {
  const now = ctx.clock();
  const known = found !== null && ['better', 'worse', 'alike'].includes(found.verdict);
  const over = known || Math.abs(now - run.begun_at!) > LONGEST_MS;
  await ctx.ledger.transaction().execute(async (trx) => {
    await requireFence(trx, fence);
    await trx
      .updateTable('action_runs')
      .set({
        outcome: found === null ? run.outcome : JSON.stringify(found),
        outcome_due_at: over ? null : now + HOUR,
      })
      .where('id', '=', run.id)
      .execute();
    if (known && run.incident !== null)
      await addEvents(ctx, trx, run.incident, [
        { kind: 'action', text: `${run.name}: ${found.verdict}: ${found.sentence}` },
      ]);
  });
}
