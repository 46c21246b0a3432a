import { DeliveryError } from '../../actions/channels/channel.ts';
import { pauseAfter } from '../../actions/outbox/backoff.ts';
import type { Ctx } from '../../context.ts';
import { addEvents } from '../../incidents/life/events.ts';
import { type Fence, requireFence } from '../../jobs/fence.ts';
import { ledgerNow } from '../../store/ledger/now.ts';
import type { ActionRow, ActionRunRow } from '../../store/ledger/schema.ts';
import { opened } from '../action-row.ts';
import { ACTION_KINDS } from '../kinds/index.ts';
import type { ActionKind, Begun, Task } from '../kinds/kind.ts';

const TIMEOUT_MS = 10_000;
/** A try is over after so long, whatever became of the server that made it. */
const CLAIM_MS = 60_000;
/** Tries of one run: together about an hour. */
const MOST_TRIES = 16;
const AT_ONCE = 8;
/** An outcome is looked for from an hour after the beginning on. */
const FIRST_LOOK_MS = 3_600_000;
/** A moment further ahead is of a clock that was set back. */
const AHEAD_MS = 3_600_000;

/** What became of a try. `heard`: the other side may have acted on it. */
type Tried =
  | { readonly begun: Begun }
  | { readonly error: string; readonly retry: boolean; readonly heard: boolean };

/**
 * Begins what is due. A run is tried by one server at a time, and what may have been heard is repeated only where the other side knows the
 * key: else it is `unclear`, and people look. A server that dies while it tries leaves the same behind.
 */
export async function beginDue(ctx: Ctx, fence: Fence, kinds = ACTION_KINDS): Promise<void> {
  await giveUpExpired(ctx, fence);
  await recoverLost(ctx, fence, kinds);
  const due = await claimDue(ctx, fence);
  await Promise.all(due.map((run) => tryOnce(ctx, run, kinds)));
}

/** Nobody said yes in time. */
async function giveUpExpired(ctx: Ctx, fence: Fence): Promise<void> {
  await ctx.ledger.transaction().execute(async (trx) => {
    await requireFence(trx, fence);
    const rows = await trx
      .updateTable('action_runs')
      .set({ state: 'expired' })
      .where('state', '=', 'asked')
      .where('expires_at', '<=', ctx.clock())
      .returning(['incident', 'name'])
      .execute();
    for (const { incident, name } of rows)
      if (incident !== null)
        await addEvents(ctx, trx, incident, [
          { kind: 'action', text: `${name}: nobody approved it in time` },
        ]);
  });
}

/** Tries whose server is gone: whether they were heard is not known. */
async function recoverLost(
  ctx: Ctx,
  fence: Fence,
  kinds: Readonly<Record<string, ActionKind>>,
): Promise<void> {
  const lost = await ctx.ledger
    .selectFrom('action_runs')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('claimed_until', '>', 0)
    .where((eb) => eb('claimed_until', '<=', ledgerNow(ctx.ledger)))
    .limit(AT_ONCE)
    .execute();
  for (const run of lost) {
    await ctx.ledger.transaction().execute((trx) => requireFence(trx, fence));
    await record(ctx, run, kinds[run.kind], 0, {
      error: 'the server stopped while it tried',
      retry: true,
      heard: true,
    });
  }
}

async function claimDue(ctx: Ctx, fence: Fence): Promise<ActionRunRow[]> {
  return ctx.ledger.transaction().execute(async (trx) => {
    await requireFence(trx, fence);
    const now = ctx.clock();
    const due = trx
      .selectFrom('action_runs')
      .select('id')
      .where('state', '=', 'waiting')
      .where('claimed_until', '=', 0)
      .where((eb) => eb.or([eb('next_at', '<=', now), eb('next_at', '>', now + AHEAD_MS)]))
      .orderBy('next_at')
      .limit(AT_ONCE);
    return trx
      .updateTable('action_runs')
      .set((eb) => ({
        attempts: eb('attempts', '+', 1),
        claimed_until: eb(ledgerNow(ctx.ledger), '+', CLAIM_MS),
      }))
      .where('id', 'in', due)
      .returningAll()
      .execute();
  });
}

async function tryOnce(
  ctx: Ctx,
  run: ActionRunRow,
  kinds: Readonly<Record<string, ActionKind>>,
): Promise<void> {
  const action = await ctx.ledger
    .selectFrom('actions')
    .selectAll()
    .where('id', '=', run.action)
    .executeTakeFirst();
  const kind = kinds[run.kind];
  const before = ctx.monotonic();
  const tried = await attempt(ctx, run, action, kind);
  await record(ctx, run, kind, Math.round(ctx.monotonic() - before), tried);
}

async function attempt(
  ctx: Ctx,
  run: ActionRunRow,
  action: ActionRow | undefined,
  kind: ActionKind | undefined,
): Promise<Tried> {
  const never = (error: string): Tried => ({ error, retry: false, heard: false });
  if (action === undefined) return never('the action was removed');
  if (action.enabled === 0) return never('the action is paused');
  if (kind === undefined) return never(`this version knows no action of the kind ${run.kind}`);
  const options = kind.options.safeParse(opened(ctx.vault, action));
  if (!options.success) return never('its options cannot be read');
  const { allowPrivateAddresses } = ctx.settings;
  try {
    const context = { ctx, clock: ctx.clock, allowPrivateAddresses, timeoutMs: TIMEOUT_MS };
    return { begun: await kind.begin(context, options.data, JSON.parse(run.task) as Task) };
  } catch (error) {
    const known = error instanceof DeliveryError;
    const said = error instanceof Error ? error.message : String(error);
    return { error: said, retry: known ? error.retry : true, heard: known ? !error.unheard : true };
  }
}

/** Notes a try and what it makes of the run; nothing when the run was decided by another try meanwhile. */
async function record(
  ctx: Ctx,
  run: ActionRunRow,
  kind: ActionKind | undefined,
  tookMs: number,
  tried: Tried,
): Promise<void> {
  const now = ctx.clock();
  const next = afterTry(tried, kind?.repeatable ?? false, run.attempts, now);
  const begun = 'begun' in tried ? tried.begun : null;
  await ctx.ledger.transaction().execute(async (trx) => {
    const changed = await trx
      .updateTable('action_runs')
      .set({
        ...next,
        claimed_until: 0,
        begun_at: begun === null ? null : now,
        reference: begun?.reference ?? null,
        url: begun?.url ?? null,
        outcome_due_at: begun !== null && kind?.makesVersion ? now + FIRST_LOOK_MS : null,
      })
      .where('id', '=', run.id)
      .where('attempts', '=', run.attempts)
      .where('state', '=', 'waiting')
      .executeTakeFirst();
    const said = begun === null ? (tried as { error: string }).error : 'begun';
    await trx.insertInto('action_tries').values({ run: run.id, at: now, took_ms: tookMs, said }).execute();
    if (changed.numUpdatedRows !== 1n || run.incident === null || next.state === 'waiting') return;
    const text = `${run.name}: ${next.state === 'begun' ? 'begun' : `${next.state}: ${said}`}`;
    await addEvents(ctx, trx, run.incident, [{ kind: 'action', text }]);
  });
}

/** What a try makes of a run. Pure. */
export function afterTry(
  tried: Tried,
  repeatable: boolean,
  attempts: number,
  now: number,
): Pick<ActionRunRow, 'state' | 'next_at'> {
  if ('begun' in tried) return { state: 'begun', next_at: now };
  const { retry, heard } = tried;
  if (heard && !repeatable) return { state: 'unclear', next_at: now };
  const pause = retry && attempts < MOST_TRIES ? pauseAfter(attempts) : null;
  return pause === null ? { state: 'failed', next_at: now } : { state: 'waiting', next_at: now + pause };
}
