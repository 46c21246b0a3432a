import type { Kysely, Transaction } from 'kysely';
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
import { allModels } from '../../models/find-model.ts';
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
    for (const due of await dueOf(ctx, directory, await unacknowledged(ctx.ledger, AT_ONCE))) {
      await escalate(ctx, fence, due, directory);
      await ctx.turn();
    }
  },
};

/** An incident that a step is due for. */
interface Due {
  readonly concern: Waiting['incident'] & Concern;
  readonly escalation: NewEscalation;
}

async function dueOf(ctx: Ctx, { escalations }: Directory, all: readonly Waiting[]): Promise<Due[]> {
  const models = await allModels(ctx, [...new Set(all.flatMap(({ incident }) => incident.models))]);
  const owners = new Map(models.map(({ id, owner }) => [id, owner]));
  const taken = await takenOf(
    ctx.ledger,
    all.map(({ incident }) => incident.id),
  );
  const now = ctx.clock();
  return all.flatMap(({ incident, waitingSince }): Due[] => {
    const own = incident.models.flatMap((model) => owners.get(model) ?? []);
    const concern = { ...incident, owners: [...new Set(own)] };
    const escalation = [...escalations.values()].find(({ only }) => concerns(only, 'opened', concern, false));
    if (escalation === undefined) return [];
    const back = waitingSince > now + AHEAD_MS;
    const steps = dueSteps(escalation.steps, waitingSince, now, taken(incident.id, waitingSince));
    return back || steps.length > 0 ? [{ concern, escalation }] : [];
  });
}

/** Steps that were taken for incidents that wait since then. */
async function takenOf(
  ledger: Kysely<Ledger>,
  incidents: readonly string[],
): Promise<(incident: string, waitingSince: number) => ReadonlySet<number>> {
  const rows =
    incidents.length === 0
      ? []
      : await ledger
          .selectFrom('escalated')
          .select(['incident', 'waiting_since', 'step'])
          .where('incident', 'in', [...incidents])
          .execute();
  const taken = Map.groupBy(rows, ({ incident, waiting_since }) => `${incident} ${waiting_since}`);
  return (incident, waitingSince) =>
    new Set(taken.get(`${incident} ${waitingSince}`)?.map(({ step }) => Number(step)));
}

async function escalate(ctx: Ctx, fence: Fence, due: Due, directory: Directory): Promise<void> {
  const { concern } = due;
  await ctx.ledger.transaction().execute(async (trx) => {
    await requireFence(trx, fence);
    const held = await holdAnnounced(trx, concern.id);
    if (held === undefined || held.incident.status !== 'open' || held.snoozed) return;
    if (held.waitingSince > ctx.clock() + AHEAD_MS) return waitFromNow(trx, concern.id, ctx.clock());
    if (await isSilenced(ctx, trx, concern)) return;
    await takeSteps(ctx, trx, held, due, directory);
  });
}

/** Takes the steps that are due; after one that reached nobody the next one does not wait. */
async function takeSteps(
  ctx: Ctx,
  trx: Transaction<Ledger>,
  { incident, waitingSince }: Waiting,
  { escalation: { name, steps }, concern }: Due,
  directory: Directory,
): Promise<void> {
  const taken = (await takenOf(trx, [incident.id]))(incident.id, waitingSince);
  const due = dueSteps(steps, waitingSince, ctx.clock(), taken);
  let lost = false;
  for (const [i, { to }] of steps.entries()) {
    if (taken.has(i) || !(due.includes(i) || lost)) continue;
    const { addresses, told, troubles } = resolveTargets(to, directory, concern.owners, ctx.clock());
    const step = { incident: incident.id, waiting_since: waitingSince, step: i, at: ctx.clock() };
    await trx.insertInto('escalated').values(step).execute();
    const whom = told.length > 0 ? `told ${told.join(', ')}` : 'nobody was told';
    const text = [`${name}, step ${i + 1}`, whom, ...troubles].join('; ');
    await addEvents(ctx, trx, incident.id, [{ kind: 'escalated', text }]);
    await put(ctx, trx, { event: 'escalated', incident, once: `${waitingSince}.${i}` }, addresses);
    lost = addresses.length === 0;
  }
}
