import type { ExpressionBuilder } from 'kysely';
import type { Incident } from '../../contract/incident.ts';
import { epochMs, type TimeInput } from '../../contract/time.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { pageFrom } from '../page.ts';
import type { Ledger } from '../store/ledger/schema.ts';
import { incidentsOf } from './incident-row.ts';

export interface IncidentFilter {
  /** Those with an alert of this model. */
  readonly model?: string | undefined;
  readonly status?: Incident['status'] | undefined;
  readonly priority?: Incident['priority'] | undefined;
  /** Those that were going on at some time between these event times. */
  readonly from?: TimeInput | undefined;
  readonly to?: TimeInput | undefined;
}

interface Page {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Incidents, the newest first, and how many there are on all pages together. */
export async function listIncidents(ctx: Ctx, { limit, cursor, ...filter }: IncidentFilter & Page) {
  authorise(ctx.actor, 'read');
  const fitting = ctx.ledger.selectFrom('incidents').where((eb) => fits(eb, filter));
  let page = fitting
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (cursor !== undefined) page = page.where('id', '<', cursor);
  const { total } = await fitting
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const { items, next_cursor } = pageFrom(await page.execute(), limit, ({ id }) => id);
  return { items: await incidentsOf(ctx, items), next_cursor, total: Number(total) };
}

function fits(
  eb: ExpressionBuilder<Ledger, 'incidents'>,
  { model, status, priority, from, to }: IncidentFilter,
) {
  const conditions = [];
  if (model !== undefined) conditions.push(concerns(eb, model));
  if (status !== undefined) conditions.push(eb('status', '=', status));
  if (priority !== undefined) conditions.push(eb('priority', '=', priority));
  if (from !== undefined)
    conditions.push(eb.or([eb('status', '!=', 'resolved'), eb('last_at', '>=', epochMs(from))]));
  if (to !== undefined) conditions.push(eb('started_at', '<', epochMs(to)));
  return eb.and(conditions);
}

function concerns(eb: ExpressionBuilder<Ledger, 'incidents'>, model: string) {
  const member = eb
    .selectFrom('incident_alerts')
    .select('incident_alerts.alert')
    .whereRef('incident_alerts.incident', '=', 'incidents.id')
    .where('incident_alerts.model', '=', model);
  return eb.or([eb('model', '=', model), eb.exists(member)]);
}
