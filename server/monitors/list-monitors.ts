import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { pageFrom } from '../page.ts';
import { monitorOf } from './monitor-row.ts';

/** All monitors, or those of one model, oldest first. */
export async function listMonitors(
  ctx: Ctx,
  { model, limit, cursor }: { model?: string | undefined; limit: number; cursor?: string | undefined },
) {
  authorise(ctx.actor, 'read');
  let query = ctx.ledger
    .selectFrom('monitors')
    .selectAll()
    .orderBy('id')
    .limit(limit + 1);
  if (model !== undefined) query = query.where('model', '=', model);
  if (cursor !== undefined) query = query.where('id', '>', cursor);
  return pageFrom((await query.execute()).map(monitorOf), limit, (monitor) => monitor.id);
}
