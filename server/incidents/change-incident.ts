import type { Transaction } from 'kysely';
import type { IncidentChange, IncidentDetail } from '../../contract/incident.ts';
import { judgedTo } from '../alerts/judgements.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import { type Ctx, shownName } from '../context.ts';
import type { IncidentRow, Ledger } from '../store/ledger/schema.ts';
import type { Announce } from './announce.ts';
import { decisionsOf, stepEvent } from './decisions.ts';
import { getIncident } from './get-incident.ts';
import { incidentOf, membersOf } from './incident-row.ts';
import { decideChange } from './life/decide-change.ts';
import { addEvents } from './life/events.ts';
import { holdIncident } from './life/hold-incident.ts';

/**
 * Acknowledges, assigns, snoozes, resolves, reopens, judges or comments an incident. Resolving is announced, and so is reopening. A resolved
 * one stays so while its alerts go on firing, which it says of itself, and the next alert that begins opens a new one. The incident's row is held
 * meanwhile: neither another person nor the job loses what it changes. Errors: not_allowed, not_found, invalid_request, conflict (somebody decided otherwise meanwhile).
 */
export async function changeIncident(
  ctx: Ctx,
  id: string,
  change: IncidentChange,
  announce: Announce,
): Promise<IncidentDetail> {
  authorise(ctx.actor, 'write');
  await ctx.ledger.transaction().execute(async (trx) => {
    const row = await holdIncident(trx, id);
    const resolves = change.status === 'resolved' && row.status !== 'resolved';
    const { row: after, ...decided } = decideChange(row, change, {
      now: ctx.clock(),
      by: shownName(ctx.actor),
      going: resolves ? await goingTo(trx, id) : null,
    });
    const { id: _id, ...values } = after;
    await trx.updateTable('incidents').set(values).where('id', '=', id).execute();
    const models = (await membersOf({ ledger: trx }, [id])).map(({ model }) => model);
    await addEvents(ctx, trx, id, [...decided.events, ...(await stepOf(trx, row, models, change))]);
    for (const event of decided.news) await announce(ctx, trx, event, incidentOf(after, models));
    await audit(ctx, trx, 'incident.change', id, { ...change });
  });
  return getIncident(ctx, id);
}

/** What a step that is ticked adds to the timeline. */
async function stepOf(
  trx: Transaction<Ledger>,
  row: IncidentRow,
  models: readonly string[],
  { step }: IncidentChange,
) {
  if (step === undefined) return [];
  const concerned = [...new Set([row.model, ...models])];
  return [stepEvent(step, await decisionsOf({ ledger: trx }, row, concerned, []))];
}

/** The event time up to which it is known that an incident goes on; null when none of its alerts fires. */
async function goingTo(trx: Transaction<Ledger>, id: string): Promise<number | null> {
  const firing = (await membersOf({ ledger: trx }, [id])).filter((member) => member.firing === 1);
  if (firing.length === 0) return null;
  const judged = await judgedTo({ ledger: trx }, [...new Set(firing.map(({ model }) => model))]);
  return judged.size === 0 ? null : Math.max(...judged.values());
}
