import { TiltmeterError } from '../../contract/errors.ts';
import type { IncidentDetail } from '../../contract/incident.ts';
import { rfc3339 } from '../../contract/time.ts';
import { judgedTo } from '../alerts/judgements.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { incidentsOf } from './incident-row.ts';

/** One incident with its timeline and how many predictions it touched. Errors: not_found. */
export async function getIncident(ctx: Ctx, id: string): Promise<IncidentDetail> {
  authorise(ctx.actor, 'read');
  const row = await ctx.ledger.selectFrom('incidents').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new TiltmeterError('not_found', 'There is no such incident');
  const events = await ctx.ledger
    .selectFrom('incident_events')
    .selectAll()
    .where('incident', '=', id)
    .orderBy('seq')
    .execute();
  // An incident that goes on reaches as far as was judged.
  const judged = (await judgedTo(ctx, [row.model])).get(row.model) ?? 0;
  const until = row.status === 'resolved' ? row.last_at : Math.max(row.last_at, judged - 1);
  const [affected] = await ctx.lake.query<{ n: number }>(
    `SELECT sum(n) AS n FROM tiltmeter.profiles FINAL
WHERE model = {model:String} AND source = '' AND column = '_all'
  AND time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND time <= fromUnixTimestamp64Milli({to:Int64}, 'UTC')`,
    { model: row.model, from: row.started_at, to: until },
  );
  const [incident] = await incidentsOf(ctx, [row]);
  return {
    ...incident!,
    timeline: events.map(({ at, kind, actor, text }) => ({ at: rfc3339(at), kind, actor, text })),
    affected_predictions: affected?.n ?? 0,
  };
}
