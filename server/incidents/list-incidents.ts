import type { Incident } from '../../contract/incident.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { pageFrom } from '../page.ts';
import { incidentsOf } from './incident-row.ts';

export interface IncidentFilter {
  readonly model?: string | undefined;
  readonly status?: Incident['status'] | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Incidents, the newest first. */
export async function listIncidents(ctx: Ctx, { model, status, limit, cursor }: IncidentFilter) {
  authorise(ctx.actor, 'read');
  let query = ctx.ledger
    .selectFrom('incidents')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (model !== undefined) query = query.where('model', '=', model);
  if (status !== undefined) query = query.where('status', '=', status);
  if (cursor !== undefined) query = query.where('id', '<', cursor);
  const { items, next_cursor } = pageFrom(await query.execute(), limit, ({ id }) => id);
  return { items: await incidentsOf(ctx, items), next_cursor };
}
