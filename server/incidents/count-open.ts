import type { Ctx } from '../context.ts';
import type { IncidentRow } from '../store/ledger/schema.ts';

export interface OpenIncidents {
  readonly model: string;
  readonly priority: IncidentRow['priority'];
  readonly n: number;
}

/**
 * How many incidents are open or acknowledged, by model and priority; of all models when none is named. One that spans
 * models counts for each of them.
 */
export async function countOpen(
  ctx: Pick<Ctx, 'ledger'>,
  models?: readonly string[],
): Promise<OpenIncidents[]> {
  if (models?.length === 0) return [];
  let query = ctx.ledger
    .selectFrom('incidents')
    .innerJoin('incident_alerts as member', 'member.incident', 'incidents.id')
    .select(({ fn }) => ['member.model', 'priority', fn.count<number>('incidents.id').distinct().as('n')])
    .where('status', '!=', 'resolved')
    .groupBy(['member.model', 'priority']);
  if (models !== undefined) query = query.where('member.model', 'in', [...models]);
  return (await query.execute()).map(({ n, ...row }) => ({ ...row, n: Number(n) }));
}
