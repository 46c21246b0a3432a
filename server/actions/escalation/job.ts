import type { Transaction } from 'kysely';
import type { NewEscalation } from '../../../contract/escalation.ts';
import type { Ctx } from '../../context.ts';
import { addEvents } from '../../incidents/life/events.ts';
import {
  holdAnnounced,
  unacknowledged,
  type Waiting,
  waitFromNow,
} from '../../incidents/waiting-incidents.ts';
import { type Fence, requireFence } from '../../jobs/fence.ts';
import type { SingleJob } from '../../jobs/job.ts';
import { ownersOf } from '../../models/find-model.ts';
import type { Ledger } from '../../store/ledger/schema.ts';
import { type Concern, concerns } from '../concerns.ts';
import { isSilenced } from '../outbox/enqueue.ts';
import { put } from '../outbox/put.ts';
import { readDirectory } from './directory.ts';
import { dueSteps } from './due-steps.ts';
import { type Directory, resolveTargets } from './resolve-targets.ts';

/** Incidents that are looked at in one turn, those that wait longest first. */
const AT_ONCE = 1_000;
/** A moment further ahead is of a clock that was set back. */
const AHEAD_MS = 60_000;

/** Tells further people of incidents that nobody acknowledges, step by step; each step once, whatever restarts in between. */
export const escalationJob: SingleJob = {
  name: 'escalation',
  scope: 'one',
  everyMs: 10_000,
  async run(ctx, fence) {
    const directory = await readDirectory(ctx.ledger);
    if (directory.escalations.size === 0) return;
    for (const waiting of await unacknowledged(ctx.ledger, AT_ONCE)) {
      await escalate(ctx, fence, waiting, directory);
      await ctx.turn();
    }
  },
};

async function escalate(ctx: Ctx, fence: Fence, seen: Waiting, directory: Directory): Promise<void> {
  const { incident } = seen;
  const concern = { ...incident, owners: await ownersOf(ctx, incident.models) };
  const escalation = escalationFor(directory, concern);
  if (escalation === undefined) return;
  const back = seen.waitingSince > ctx.clock() + AHEAD_MS;
  if (!back && (await untaken(ctx, seen, escalation)).length === 0) return;
  await ctx.ledger.transaction().execute(async (trx) => {
    await requireFence(trx, fence);
    const held = await holdAnnounced(trx, incident.id);
    if (held === undefined || held.incident.status !== 'open' || held.snoozed) return;
    if (held.waitingSince > ctx.clock() + AHEAD_MS) return waitFromNow(trx, incident.id, ctx.clock());
    if (await isSilenced(ctx, trx, concern)) return;
    await takeSteps(ctx, trx, held, escalation, directory, concern.owners);
  });
}

/** The first by name that an incident fits. */
function escalationFor({ escalations }: Directory, concern: Concern): NewEscalation | undefined {
  return [...escalations.values()].find(({ only }) => concerns(only, 'opened', concern, false));
}

async function untaken(
  { ledger, clock }: Pick<Ctx, 'ledger' | 'clock'>,
  { incident, waitingSince }: Waiting,
  { steps }: NewEscalation,
): Promise<number[]> {
  if (dueSteps(steps, waitingSince, clock(), new Set()).length === 0) return [];
  const rows = await ledger
    .selectFrom('escalated')
    .select('step')
    .where('incident', '=', incident.id)
    .where('waiting_since', '=', waitingSince)
    .execute();
  return dueSteps(steps, waitingSince, clock(), new Set(rows.map(({ step }) => Number(step))));
}

/** Takes the steps that are due; after one that reached nobody the next one does not wait. */
async function takeSteps(
  ctx: Ctx,
  trx: Transaction<Ledger>,
  waiting: Waiting,
  escalation: NewEscalation,
  directory: Directory,
  owners: readonly string[],
): Promise<void> {
  const { incident, waitingSince } = waiting;
  const due = await untaken({ ledger: trx, clock: ctx.clock }, waiting, escalation);
  for (let i = due[0]; i !== undefined && i < escalation.steps.length; i += 1) {
    const { addresses, told, troubles } = resolveTargets(
      escalation.steps[i]!.to,
      directory,
      owners,
      ctx.clock(),
    );
    const taken = await trx
      .insertInto('escalated')
      .values({ incident: incident.id, waiting_since: waitingSince, step: i, at: ctx.clock() })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (taken.numInsertedOrUpdatedRows === 0n) continue;
    const words = [
      `${escalation.name}, step ${i + 1}`,
      told.length > 0 ? `told ${told.join(', ')}` : 'nobody was told',
      ...troubles,
    ];
    await addEvents(ctx, trx, incident.id, [{ kind: 'escalated', text: words.join('; ') }]);
    await put(ctx, trx, { event: 'escalated', incident, once: `${waitingSince}.${i}` }, addresses);
    if (addresses.length > 0 && !due.includes(i + 1)) return;
  }
}
