import type { Transaction } from 'kysely';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { IncidentDetail } from '../../../contract/incident.ts';
import { audit } from '../../audit/audit.ts';
import { authorise } from '../../authorise.ts';
import { type Ctx, shownName } from '../../context.ts';
import type { IncidentRow, Ledger } from '../../store/ledger/schema.ts';
import type { Announce } from '../announce.ts';
import { getIncident } from '../get-incident.ts';
import { incidentOf } from '../incident-row.ts';
import { readModels } from '../models.ts';
import { isOwn } from '../own.ts';
import { saveIncidents } from '../save-incidents.ts';
import { modelsOf, type Thread, united } from '../thread.ts';
import { type Held, holdIncidents } from '../thread-store.ts';
import { addEvents } from './events.ts';
import { AWAKE } from './untouched.ts';

/**
 * Makes incidents one with another: it gets their alerts, and what joins them joins it from now on. They are over, say where they went, and
 * keep their timelines. Channels that were told of them are told that they are over. Errors: not_allowed, not_found, invalid_request
 * (one of Tiltmeter itself, an incident with itself), conflict (one is over or merged already).
 */
export async function mergeIncidents(
  ctx: Ctx,
  id: string,
  from: readonly string[],
  announce: Announce,
): Promise<IncidentDetail> {
  authorise(ctx.actor, 'write');
  const others = [...new Set(from)];
  if (others.includes(id))
    throw new TiltmeterError('invalid_request', 'from: an incident cannot be merged with itself');
  await ctx.ledger.transaction().execute(async (trx) => {
    const held = await holdIncidents(trx, [id, ...others]);
    const into = held.find(({ row }) => row.id === id);
    const merged = others.map((other) => held.find(({ row }) => row.id === other));
    if (into === undefined || merged.some((each) => each === undefined))
      throw new TiltmeterError('not_found', 'There is no such incident');
    refuse(into.row, merged as Held[]);
    await takeIn(ctx, trx, into, merged as Held[], announce);
    await audit(ctx, trx, 'incident.merge', id, { from: others });
  });
  return getIncident(ctx, id);
}

function refuse(into: IncidentRow, merged: readonly Held[]): void {
  for (const row of [into, ...merged.map((each) => each.row)]) {
    if (isOwn(row))
      throw new TiltmeterError(
        'invalid_request',
        `${row.id} is about Tiltmeter itself or a job: it has no alerts`,
      );
    if (row.merged_into !== null)
      throw new TiltmeterError('conflict', `${row.id} was merged into ${row.merged_into} already`);
  }
  if (into.status === 'resolved')
    throw new TiltmeterError('conflict', `${into.id} is over; reopen it first, or merge it into the other`);
}

async function takeIn(
  ctx: Ctx,
  trx: Transaction<Ledger>,
  into: Held,
  merged: readonly Held[],
  announce: Announce,
): Promise<void> {
  const now = ctx.clock();
  for (const { row, thread } of merged) {
    await trx.deleteFrom('incident_alerts').where('incident', '=', row.id).execute();
    await trx.deleteFrom('incident_groups').where('incident', '=', row.id).execute();
    const over = row.status === 'resolved';
    const after: IncidentRow = {
      ...row,
      ...AWAKE,
      status: 'resolved',
      resolved_at: row.resolved_at ?? now,
      resolved_by: over ? row.resolved_by : shownName(ctx.actor),
      merged_into: into.row.id,
      revision: row.revision + 1,
      updated_at: now,
    };
    const { id, ...values } = after;
    await trx.updateTable('incidents').set(values).where('id', '=', id).execute();
    await addEvents(ctx, trx, id, [{ kind: 'merged', text: `into ${into.row.id}` }]);
    if (!over) await announce(ctx, trx, 'resolved', incidentOf(after, modelsOf(thread)));
  }
  await addEvents(
    ctx,
    trx,
    into.row.id,
    merged.map(({ row }) => ({ kind: 'merged', text: `with ${row.id}: ${row.title}` })),
  );
  // What was found of its alerts before is asked again.
  const row = { ...into.row, revision: into.row.revision + 1, diagnosed: 0 as const };
  const thread = merged.reduce<Thread>((all, each) => united(all, each.thread), into.thread);
  const { rows } = await readModels({ ledger: trx }, modelsOf(thread));
  await saveIncidents(
    ctx,
    trx,
    [{ row, thread: into.thread }],
    { threads: [thread], steps: [] },
    rows,
    announce,
  );
}
