import type { Ctx } from '../context.ts';
import type { IncidentRow } from '../store/ledger/schema.ts';
import { modelsOfIncidents } from './models-of-incidents.ts';

export interface IncidentWithin
  extends Pick<
    IncidentRow,
    | 'id'
    | 'title'
    | 'priority'
    | 'status'
    | 'opened_at'
    | 'resolved_at'
    | 'acknowledged_at'
    | 'waiting_since'
    | 'causes'
    | 'losses'
  > {
  /** None: it is about no model. */
  readonly models: readonly string[];
}

/**
 * Incidents that were going on at some time between two moments of the wall clock, as they are now: those that go on and those that ended in it, of
 * each at most so many, the most urgent and newest first. None that was withdrawn or merged into another.
 */
export async function incidentsWithin(
  { ledger }: Pick<Ctx, 'ledger'>,
  { from, to }: { readonly from: number; readonly to: number },
  most: number,
): Promise<IncidentWithin[]> {
  const fitting = ledger
    .selectFrom('incidents')
    .select(['id', 'model', 'title', 'priority', 'status', 'opened_at', 'resolved_at'])
    .select(['acknowledged_at', 'waiting_since', 'causes', 'losses'])
    .where('opened_at', '<', to)
    .where('withdrawn', '=', 0)
    .where('merged_into', 'is', null)
    .orderBy('priority')
    .orderBy('id', 'desc')
    .limit(most);
  const rows = [
    ...(await fitting.where('status', '!=', 'resolved').execute()),
    ...(await fitting.where('status', '=', 'resolved').where('resolved_at', '>=', from).execute()),
  ];
  const models = await modelsOfIncidents(ledger, rows);
  return rows.map(({ model: _, ...row }) => ({ ...row, models: models.get(row.id)! }));
}
