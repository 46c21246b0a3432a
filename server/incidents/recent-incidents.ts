import type { Cause } from '../../contract/incident.ts';
import type { Ctx } from '../context.ts';
import type { IncidentRow } from '../store/ledger/schema.ts';
import { modelsOfIncidents } from './models-of-incidents.ts';

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
  const models = await modelsOfIncidents(ledger, rows);
  return rows.map(({ model: _, causes, ...row }) => ({
    ...row,
    models: models.get(row.id)!,
    causes: JSON.parse(causes) as Cause[],
  }));
}
