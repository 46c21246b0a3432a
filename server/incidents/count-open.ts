import type { Ctx } from '../context.ts';
import type { IncidentRow } from '../store/ledger/schema.ts';

export interface OpenIncidents {
  readonly model: string;
  readonly priority: IncidentRow['priority'];
  readonly n: number;
}

/** How many incidents are open or acknowledged, by model and priority; of all models when none is named. */
export async function countOpen(
  ctx: Pick<Ctx, 'ledger'>,
  models?: readonly string[],
): Promise<OpenIncidents[]> {
  if (models?.length === 0) return [];
  let query = ctx.ledger
    .selectFrom('incidents')
    .select(({ fn }) => ['model', 'priority', fn.countAll<number>().as('n')])
    .where('status', '!=', 'resolved')
    .groupBy(['model', 'priority']);
  if (models !== undefined) query = query.where('model', 'in', [...models]);
  return (await query.execute()).map(({ n, ...row }) => ({ ...row, n: Number(n) }));
}
