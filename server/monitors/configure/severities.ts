import type { Ctx } from '../../context.ts';
import type { MonitorRow } from '../../store/ledger/schema.ts';

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

/** How severe these monitors call their alerts, switched on or not, by id of the monitor; those that exist. */
export async function severitiesOf(
  ctx: Pick<Ctx, 'ledger'>,
  monitors: readonly string[],
): Promise<Map<string, MonitorRow['severity']>> {
  if (monitors.length === 0) return new Map();
  const rows = await ctx.ledger
    .selectFrom('monitors')
    .select(['id', 'severity'])
    .where('id', 'in', [...monitors])
    .execute();
  return new Map(rows.map(({ id, severity }) => [id, severity]));
}
