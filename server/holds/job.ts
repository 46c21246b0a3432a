import type { Ctx } from '../context.ts';
import { type Fence, isLeaseLost, requireFence } from '../jobs/fence.ts';
import type { SingleJob } from '../jobs/job.ts';
import type { HoldRow, HoldRunRow } from '../store/ledger/schema.ts';
import { askOf } from './ask.ts';
import { askAll } from './ask-all.ts';
import { endpointOf, rowsOf } from './hold-row.ts';
import { holdRow } from './read-hold.ts';
import { type Scored, type Scores, score } from './score.ts';

/** A run that tells nothing is tried again so soon: an endpoint that was being replaced is back by then. */
const AGAIN_MS = 600_000;
/** Sets that are run in one go, those that wait longest first, and so many at once: they wait for others, and cost this server little. */
const MOST_DUE = 50;
const AT_ONCE = 4;

/**
 * Runs the labelled sets of models through their endpoints, each when it is due. It has no model to itself: an endpoint that hangs holds up
 * what else is done for its model on no server.
 */
export const holdsJob: SingleJob = {
  name: 'holds',
  scope: 'one',
  everyMs: 10_000,
  async run(ctx, fence) {
    const due = await ctx.ledger
      .selectFrom('holds')
      .select('model')
      .where('next_at', '<=', ctx.clock())
      .orderBy('next_at')
      .limit(MOST_DUE)
      .execute();
    const left = due.values();
    async function worker(): Promise<void> {
      for (const { model } of left) {
        try {
          await runHold(ctx, fence, model);
        } catch (err) {
          if (isLeaseLost(err)) return;
          ctx.log.warn({ model, err }, 'the labelled set could not be run; it is tried again when it is due');
        }
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  },
};

/**
 * One run. When it begins it is noted, with when the next one is due: a server that dies in the middle leaves a run that was broken off, and does
 * not ask the endpoint again and again.
 */
async function runHold(ctx: Ctx, fence: Fence, model: string): Promise<void> {
  const hold = await begun(ctx, fence, model);
  if (hold === null) return;
  const rows = rowsOf(ctx.vault, hold);
  const ask = askOf(endpointOf(ctx.vault, hold), ctx.settings, ctx.monotonic);
  const began = ctx.monotonic();
  const answers = await askAll(
    ask,
    rows.map(({ features }) => features),
    ctx.monotonic,
  );
  const before = hold.baseline === null ? null : (JSON.parse(hold.baseline) as Scores);
  const labels = rows.map(({ label }) => label);
  await ended(ctx, fence, hold, score(hold.task, labels, answers, before), ctx.monotonic() - began);
}

/** Null where it was removed, or is not due any more. */
async function begun(ctx: Ctx, fence: Fence, model: string): Promise<HoldRow | null> {
  const now = ctx.clock();
  return ctx.ledger.transaction().execute(async (trx) => {
    await requireFence(trx, fence);
    const hold = await holdRow({ ledger: trx }, model);
    if (hold === undefined || hold.next_at > now) return null;
    if (hold.running_since !== null) await trx.insertInto('hold_runs').values(brokenOff(ctx, hold)).execute();
    const next = { running_since: now, next_at: now + hold.every_ms };
    await trx.updateTable('holds').set(next).where('model', '=', model).execute();
    return { ...hold, ...next };
  });
}

/** The run that whoever died had begun. */
function brokenOff({ ids }: Pick<Ctx, 'ids'>, { model, running_since, n, task }: HoldRow): HoldRunRow {
  const unanswered = [{ reason: 'interrupted', n, detail: 'the server stopped' }];
  return {
    ...{ id: ids.id(), model, at: running_since!, took_ms: 0, rows: n, answered: 0, task },
    ...{ unanswered: JSON.stringify(unanswered), failed: 'interrupted' },
    ...{ value: null, low: null, high: null, lost: null, lost_low: null, lost_high: null },
    ...{ baseline: null, p95_ms: null },
  };
}

/** Records what came of it, unless the hold was set anew or removed meanwhile. */
async function ended(ctx: Ctx, fence: Fence, hold: HoldRow, scored: Scored, tookMs: number): Promise<void> {
  const { scores, answered, unanswered, failed, quality, lost, baseline, p95 } = scored;
  const told = failed === null && 'value' in quality ? quality : null;
  const worse = failed === null && lost !== null && 'value' in lost ? lost : null;
  const now = ctx.clock();
  const run: HoldRunRow = {
    ...{ id: ctx.ids.id(), model: hold.model, at: now, took_ms: Math.round(tookMs) },
    ...{ rows: hold.n, answered, unanswered: JSON.stringify(unanswered), failed, task: hold.task },
    ...{ value: told?.value ?? null, low: told?.low ?? null, high: told?.high ?? null },
    ...{ lost: worse?.value ?? null, lost_low: worse?.low ?? null, lost_high: worse?.high ?? null },
    ...{ baseline: worse === null ? null : baseline, p95_ms: p95 },
  };
  const again = failed !== null && failed !== 'private_address' && hold.every_ms > AGAIN_MS;
  await ctx.ledger.transaction().execute(async (trx) => {
    await requireFence(trx, fence);
    const { numUpdatedRows } = await trx
      .updateTable('holds')
      .set({
        running_since: null,
        ...(again ? { next_at: now + AGAIN_MS } : {}),
        ...(hold.baseline === null && failed === null ? { baseline: JSON.stringify(scores) } : {}),
      })
      .where('model', '=', hold.model)
      .where('created_at', '=', hold.created_at)
      .where('running_since', '=', hold.running_since)
      .executeTakeFirst();
    if (numUpdatedRows > 0n) await trx.insertInto('hold_runs').values(run).execute();
  });
}
