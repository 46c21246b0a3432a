import type { ModelSummary } from '../../contract/model.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { modelPage } from '../models/find-model.ts';
import { readFleet } from './read-fleet.ts';
import { summarise } from './summary.ts';

/** The fleet, by name. */
export async function listModels(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: ModelSummary[]; next_cursor: string | null }> {
  authorise(ctx.actor, 'read');
  const { items, next_cursor } = await modelPage(ctx, { limit, cursor });
  const readings = await readFleet(ctx, items);
  return { items: items.map((model) => summarise(model, readings)), next_cursor };
}
