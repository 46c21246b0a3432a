import type { Ctx } from '../context.ts';
import type { MonitorRow } from '../store/ledger/schema.ts';

/** Whether each monitor of these models that is switched on pages, by its id. */
export async function severities(
  ctx: Pick<Ctx, 'ledger'>,
  models: readonly string[],
): Promise<Map<string, MonitorRow['severity']>> {
  if (models.length === 0) return new Map();
  const rows = await ctx.ledger
    .selectFrom('monitors')
    .select(['id', 'severity'])
    .where('model', 'in', [...models])
    .where('enabled', '=', 1)
    .execute();
  return new Map(rows.map(({ id, severity }) => [id, severity]));
}
