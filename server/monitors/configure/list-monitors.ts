import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { pageFrom } from '../../page.ts';
import { monitorOf } from './monitor-row.ts';

interface MonitorFilter {
  readonly model?: string | undefined;
  readonly kind?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** All monitors, or those of one model, oldest first. */
export async function listMonitors(ctx: Ctx, { model, kind, limit, cursor }: MonitorFilter) {
  authorise(ctx.actor, 'read');
  let query = ctx.ledger
    .selectFrom('monitors')
    .selectAll()
    .orderBy('id')
    .limit(limit + 1);
  if (model !== undefined) query = query.where('model', '=', model);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (cursor !== undefined) query = query.where('id', '>', cursor);
  return pageFrom((await query.execute()).map(monitorOf), limit, (monitor) => monitor.id);
}
