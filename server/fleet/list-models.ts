import type { ModelSummary } from '../../contract/model.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { pageFrom } from '../page.ts';
import { readFleet } from './read-fleet.ts';
import { summarise } from './summary.ts';

/** The fleet, by name. */
export async function listModels(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: ModelSummary[]; next_cursor: string | null }> {
  authorise(ctx.actor, 'read');
  let query = ctx.ledger
    .selectFrom('models')
    .selectAll()
    .orderBy('id')
    .limit(limit + 1);
  if (cursor !== undefined) query = query.where('id', '>', cursor);
  const { items, next_cursor } = pageFrom(await query.execute(), limit, (model) => model.id);
  const readings = await readFleet(ctx, items);
  return { items: items.map((model) => summarise(model, readings)), next_cursor };
}
