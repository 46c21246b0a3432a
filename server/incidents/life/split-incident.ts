import { TiltmeterError } from '../../../contract/errors.ts';
import type { IncidentDetail } from '../../../contract/incident.ts';
import { audit } from '../../audit/audit.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import type { Announce } from '../announce.ts';
import type { Step } from '../correlate.ts';
import { getIncident } from '../get-incident.ts';
import { readModels } from '../models.ts';
import { saveIncidents } from '../save-incidents.ts';
import { modelsOf, parted, sinceOf, standing } from '../thread.ts';
import { holdIncidents } from '../thread-store.ts';
import { addEvents } from './events.ts';

/**
 * Makes an incident of its own of some alerts of another, which opens and is announced as any does; answers with the new one. What these alerts
 * do from now on belongs to it. Errors: not_allowed, not_found, invalid_request (no alert of it, all of them), conflict (it is over).
 */
export async function splitIncident(
  ctx: Ctx,
  id: string,
  alerts: readonly string[],
  announce: Announce,
): Promise<IncidentDetail> {
  authorise(ctx.actor, 'write');
  const newId = ctx.ids.id();
  await ctx.ledger.transaction().execute(async (trx) => {
    const [held] = await holdIncidents(trx, [id]);
    if (held === undefined) throw new TiltmeterError('not_found', 'There is no such incident');
    const { thread, row } = held;
    if (row.status === 'resolved')
      throw new TiltmeterError('conflict', 'It is over; reopen it first, then split it');
    const taken = standing(thread).filter(({ alert }) => alerts.includes(alert));
    const strange = alerts.find((alert) => thread.members.get(alert) === undefined);
    if (strange !== undefined)
      throw new TiltmeterError('invalid_request', `alerts: ${strange} is no alert of this incident`);
    if (taken.length === 0 || taken.length === standing(thread).length)
      throw new TiltmeterError('invalid_request', 'alerts: name some of its alerts, but not all');
    await trx
      .deleteFrom('incident_alerts')
      .where('incident', '=', id)
      .where('alert', 'in', [...alerts])
      .execute();
    const [left, own] = parted(thread, new Set(alerts), newId);
    const opened: Step = { kind: 'opened', incident: newId, by: null, time: Math.min(...taken.map(sinceOf)) };
    const { rows } = await readModels({ ledger: trx }, modelsOf(thread));
    // What was found of all its alerts is asked again of those that stay.
    const before = { row: { ...row, revision: row.revision + 1, diagnosed: 0 as const }, thread };
    await saveIncidents(ctx, trx, [before], { threads: [left, own], steps: [opened] }, rows, announce);
    await addEvents(ctx, trx, id, [{ kind: 'split', text: `${taken.length} of its alerts into ${newId}` }]);
    await addEvents(ctx, trx, newId, [{ kind: 'split', text: `from ${id}: ${row.title}` }]);
    await audit(ctx, trx, 'incident.split', id, { alerts, into: newId });
  });
  return getIncident(ctx, newId);
}
