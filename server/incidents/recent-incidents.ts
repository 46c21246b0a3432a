import type { Cause } from '../../contract/incident.ts';
import type { Ctx } from '../context.ts';
import type { IncidentRow } from '../store/ledger/schema.ts';

export interface RecentIncident
  extends Pick<IncidentRow, 'id' | 'title' | 'priority' | 'status' | 'opened_at'> {
  readonly models: readonly string[];
  readonly causes: readonly Cause[];
}

/** Incidents that opened at or after a moment, the newest first, at most so many. */
export async function recentIncidents(
  { ledger }: Pick<Ctx, 'ledger'>,
  since: number,
  limit: number,
): Promise<RecentIncident[]> {
  const rows = await ledger
    .selectFrom('incidents')
    .select(['id', 'model', 'title', 'priority', 'status', 'opened_at', 'causes'])
    .where('opened_at', '>=', since)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  if (rows.length === 0) return [];
  const members = await ledger
    .selectFrom('incident_alerts')
    .select(['incident', 'model'])
    .distinct()
    .where(
      'incident',
      'in',
      rows.map(({ id }) => id),
    )
    .execute();
  const models = Map.groupBy(members, ({ incident }) => incident);
  return rows.map(({ model, causes, ...row }) => ({
    ...row,
    models: [...new Set([model, ...(models.get(row.id) ?? []).map((each) => each.model)])].filter(
      (each) => each !== '',
    ),
    causes: JSON.parse(causes) as Cause[],
  }));
}
