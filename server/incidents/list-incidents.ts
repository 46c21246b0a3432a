import { type ExpressionBuilder, sql } from 'kysely';
import { TiltmeterError } from '../../contract/errors.ts';
import type { Incident, IncidentOrder } from '../../contract/incident.ts';
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
  /** The newest first when absent. */
  readonly sort?: IncidentOrder | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Incidents, the newest or the most urgent first, and how many there are on all pages together. Errors: invalid_request. */
export async function listIncidents(ctx: Ctx, { limit, cursor, sort, ...filter }: IncidentFilter & Page) {
  authorise(ctx.actor, 'read');
  const fitting = ctx.ledger.selectFrom('incidents').where((eb) => fits(eb, filter));
  const urgent = sort === 'urgency';
  let page = fitting.selectAll().select(RANK.as('rank'));
  if (urgent) page = page.orderBy('rank');
  page = page.orderBy('id', 'desc').limit(limit + 1);
  if (cursor !== undefined) page = page.where(urgent ? behind(cursor) : sql<boolean>`id < ${cursor}`);
  const { total } = await fitting
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await page.execute();
  const { items, next_cursor } = pageFrom(rows, limit, ({ id, rank }) => (urgent ? `${rank}.${id}` : id));
  return { items: await incidentsOf(ctx, items), next_cursor, total: Number(total) };
}

/** Open before acknowledged, each by priority; what is resolved comes last, and is urgent no more. */
const RANK = sql<number>`(case status when 'open' then 0 when 'acknowledged' then 3 else 6 end
  + case when status = 'resolved' or priority = 'P1' then 0 when priority = 'P2' then 1 else 2 end)`;

function behind(cursor: string) {
  const [, rank, id] = /^(\d)\.(.+)$/s.exec(cursor) ?? [];
  if (rank === undefined) throw new TiltmeterError('invalid_request', 'cursor is not one of a reply');
  return sql<boolean>`(${RANK} > ${Number(rank)} or (${RANK} = ${Number(rank)} and id < ${id}))`;
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
