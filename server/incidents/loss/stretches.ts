import type { Alert } from '../../../contract/alert.ts';
import { judgedTo } from '../../alerts/judgements.ts';
import type { Ctx } from '../../context.ts';
import type { IncidentRow } from '../../store/ledger/schema.ts';
import { oneSegment, type Stretch } from './read-loss.ts';

export interface Concerned {
  readonly models: readonly string[];
  readonly alerts: readonly Pick<Alert, 'model' | 'segment'>[];
}

/**
 * Of each of these models: since when and to when it is in the incident, and in which segment. One that goes on reaches as far as was judged; one that
 * a person resolved while it went on as far as it had gone then.
 */
export async function stretches(
  ctx: Pick<Ctx, 'ledger'>,
  row: IncidentRow,
  { models, alerts }: Concerned,
): Promise<Stretch[]> {
  const judged = row.status === 'resolved' ? new Map<string, number>() : await judgedTo(ctx, models);
  return models.map((model) => ({
    segment: oneSegment(alerts.filter((alert) => alert.model === model)),
    from: row.started_at,
    to: Math.max(row.last_at + 1, row.going_to ?? 0, judged.get(model) ?? 0),
  }));
}
