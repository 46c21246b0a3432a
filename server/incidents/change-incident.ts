import type { Transaction } from 'kysely';
import { TiltmeterError } from '../../contract/errors.ts';
import type { IncidentChange, IncidentDetail } from '../../contract/incident.ts';
import { judgedTo } from '../alerts/judgements.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import { type Ctx, shownName } from '../context.ts';
import type { IncidentEventRow, IncidentRow, Ledger } from '../store/ledger/schema.ts';
import type { Announce } from './announce.ts';
import { getIncident } from './get-incident.ts';
import { incidentOf, membersOf } from './incident-row.ts';

/**
 * Acknowledges, resolves, reopens, judges or comments an incident. Resolving is announced, and so is reopening. A resolved
 * one stays so while its alerts go on firing, which it says of itself, and the next alert that begins opens a new one. The incident's row is held
 * meanwhile: neither another person nor the job loses what it changes. Errors: not_allowed, not_found.
 */
export async function changeIncident(
  ctx: Ctx,
  id: string,
  change: IncidentChange,
  announce: Announce,
): Promise<IncidentDetail> {
  authorise(ctx.actor, 'write');
  await ctx.ledger.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('incidents')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw new TiltmeterError('not_found', 'There is no such incident');
    const now = ctx.clock();
    const name = shownName(ctx.actor);
    const status = change.status ?? row.status;
    const moved = status !== row.status;
    const going = moved && status === 'resolved' ? await goingTo(trx, id) : null;
    const after: IncidentRow = {
      ...row,
      status,
      episode: moved && row.status === 'resolved' ? row.episode + 1 : row.episode,
      verdict: change.verdict === undefined ? row.verdict : change.verdict,
      withdrawn: status === 'resolved' ? row.withdrawn : 0,
      resolved_at: status === 'resolved' ? (row.resolved_at ?? now) : null,
      resolved_by: status !== 'resolved' ? null : moved ? name : row.resolved_by,
      going_to: status !== 'resolved' ? null : moved ? going : row.going_to,
      acknowledged_at: status === 'open' ? null : (row.acknowledged_at ?? (moved ? now : null)),
      acknowledged_by: status === 'open' ? null : (row.acknowledged_by ?? (moved ? name : null)),
      updated_at: now,
    };
    const { id: _id, ...values } = after;
    await trx.updateTable('incidents').set(values).where('id', '=', id).execute();
    const events: Omit<IncidentEventRow, 'seq'>[] = [];
    const event = (kind: IncidentEventRow['kind'], text: string) =>
      events.push({ incident: id, at: now, kind, actor: name, actor_id: ctx.actor.id, text });
    if (moved)
      event(status === 'open' ? 'reopened' : status, going === null ? '' : 'while it was still going on');
    if (change.verdict !== undefined && change.verdict !== row.verdict)
      event('comment', `verdict: ${change.verdict ?? 'withdrawn'}`);
    if (change.comment !== undefined && change.comment.trim() !== '') event('comment', change.comment);
    if (events.length > 0) await trx.insertInto('incident_events').values(events).execute();
    const models = (await membersOf({ ledger: trx }, [id])).map(({ model }) => model);
    const told = incidentOf(after, models);
    if (after.episode > row.episode) await announce(ctx, trx, 'reopened', told);
    if (moved && status === 'resolved') await announce(ctx, trx, 'resolved', told);
    await audit(ctx, trx, 'incident.change', id, { ...change });
  });
  return getIncident(ctx, id);
}

/** The event time up to which it is known that an incident goes on; null when none of its alerts fires. */
async function goingTo(trx: Transaction<Ledger>, id: string): Promise<number | null> {
  const firing = (await membersOf({ ledger: trx }, [id])).filter((member) => member.firing === 1);
  if (firing.length === 0) return null;
  const judged = await judgedTo({ ledger: trx }, [...new Set(firing.map(({ model }) => model))]);
  return judged.size === 0 ? null : Math.max(...judged.values());
}
