import type { VersionVerdict } from '../../../contract/version-verdict.ts';
import { concerns } from '../../actions/concerns.ts';
import type { Ctx } from '../../context.ts';
import type { Announced } from '../../incidents/announce.ts';
import { alertedParts, goingOn } from '../../incidents/going-on.ts';
import { type Fence, requireFence } from '../../jobs/fence.ts';
import { ownersOf } from '../../models/find-model.ts';
import type { ActionRow } from '../../store/ledger/schema.ts';
import { whenOf } from '../action-row.ts';
import { ask, formerOf } from './ask.ts';
import { taskAbout } from './incident-task.ts';
import { type Former, heldBack } from './may-ask.ts';

const MINUTE = 60_000;

function actionsOn(ctx: Ctx): Promise<ActionRow[]> {
  return ctx.ledger.selectFrom('actions').selectAll().where('enabled', '=', 1).orderBy('name').execute();
}

/** Asks for what incidents that go on make due: each action once for an incident, a model of it and an episode. */
export async function askForIncidents(ctx: Ctx, fence: Fence): Promise<void> {
  const actions = (await actionsOn(ctx)).filter((action) => whenOf(action).on === 'incident');
  if (actions.length === 0) return;
  const byOwner = actions.some((action) => whenOf(action).owners.length > 0);
  for await (const incidents of goingOn(ctx.ledger)) {
    const asked = await askedFor(
      ctx,
      incidents.map(({ id }) => id),
    );
    const limits = new Map<string, readonly Former[]>();
    for (const action of actions) limits.set(action.id, await formerOf(ctx.ledger, action, ctx.clock()));
    for (const incident of incidents) {
      const concern = { ...incident, owners: byOwner ? await ownersOf(ctx, incident.models) : [] };
      for (const action of actions) {
        const when = whenOf(action);
        if (!concerns(when, 'opened', concern, false)) continue;
        if (ctx.clock() - Date.parse(incident.opened_at) < when.after_minutes * MINUTE) continue;
        for (const model of incident.models) {
          if (when.models.length > 0 && !when.models.includes(model)) continue;
          const once = `${incident.id} ${incident.episode}`;
          if (asked.has(`${action.id} ${model} ${once}`)) continue;
          // What its limits hold back would else cost a transaction for each incident at each turn.
          if (heldBack(limits.get(action.id)!, action, model, ctx.clock()) !== null) continue;
          if (await askFor(ctx, fence, { action, model, once, incident, kinds: when.kinds }))
            limits.set(action.id, await formerOf(ctx.ledger, action, ctx.clock()));
        }
      }
    }
    await ctx.turn();
  }
}

interface Wanted {
  readonly action: ActionRow;
  readonly model: string;
  readonly once: string;
  readonly incident: Announced;
  readonly kinds: readonly string[];
}

async function askFor(
  ctx: Ctx,
  fence: Fence,
  { action, model, once, incident, kinds }: Wanted,
): Promise<boolean> {
  const parts = await alertedParts(ctx, incident.id, model);
  if (kinds.length > 0 && !parts.kinds.some((kind) => kinds.includes(kind))) return false;
  const task = await taskAbout(ctx, incident, model, parts);
  return ctx.ledger.transaction().execute(async (trx) => {
    await requireFence(trx, fence);
    const asked = await ask(ctx, trx, {
      ...{ action, model, once, because: incident.title, incident, askedBy: null, task },
    });
    return typeof asked === 'object';
  });
}

/** `action model once` of what was asked for these incidents. */
async function askedFor({ ledger }: Ctx, incidents: readonly string[]): Promise<ReadonlySet<string>> {
  if (incidents.length === 0) return new Set();
  const rows = await ledger
    .selectFrom('action_runs')
    .select(['action', 'model', 'once'])
    .where('incident', 'in', [...incidents])
    .execute();
  return new Set(rows.map(({ action, model, once }) => `${action} ${model} ${once}`));
}

/** Asks for what a recommendation about two versions makes due, once for each of them; called when it is found. */
export async function askForVerdict(ctx: Ctx, fence: Fence, found: VersionVerdict): Promise<void> {
  const { model, version, baseline, recommendation, sentence } = found;
  if (recommendation !== 'promote' && recommendation !== 'stop') return;
  const actions = (await actionsOn(ctx)).filter((action) => whenOf(action).on === recommendation);
  if (actions.length === 0) return;
  const owners = await ownersOf(ctx, [model]);
  for (const action of actions) {
    const { models, owners: wanted } = whenOf(action);
    if (models.length > 0 && !models.includes(model)) continue;
    if (wanted.length > 0 && !owners.some((owner) => wanted.includes(owner))) continue;
    const task = { cause: null, columns: [], segments: [], versions: { version, baseline }, recommendation };
    const once = `${recommendation} ${JSON.stringify([baseline, version])}`;
    await ctx.ledger.transaction().execute(async (trx) => {
      await requireFence(trx, fence);
      await ask(ctx, trx, { action, model, once, because: sentence, incident: null, askedBy: null, task });
    });
  }
}
