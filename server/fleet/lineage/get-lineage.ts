import type { Lineage, LineageNode } from '../../../contract/lineage.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { goingOn } from '../../incidents/going-on.ts';
import { findModel, modelNames } from '../../models/find-model.ts';
import { readNamed } from '../../models/lineage.ts';
import { graphOf } from './graph.ts';

/**
 * What models say that they depend on, with the incidents that go on; of one model when it is named: what it depends on and what depends on it.
 * Models that name nothing and are named by none are not in it. Errors: not_allowed, not_found.
 */
export async function getLineage(ctx: Ctx, { model }: { model?: string | undefined }): Promise<Lineage> {
  authorise(ctx.actor, 'read');
  if (model !== undefined) await findModel(ctx, model);
  const named = await readNamed(ctx);
  const names = await modelNames(ctx);
  const worst = await worstIncidents(ctx);
  const known = new Map([...names].map(([id, name]) => [id, { name, incident: worst.get(id) ?? null }]));
  return graphOf(named, known, model);
}

/** The most urgent incident of each model, the oldest of several. */
async function worstIncidents({
  ledger,
}: Pick<Ctx, 'ledger'>): Promise<Map<string, LineageNode['incident']>> {
  const worst = new Map<string, LineageNode['incident']>();
  for await (const page of goingOn(ledger))
    for (const { id, priority, title, models } of page)
      for (const model of models) {
        const before = worst.get(model);
        if (before == null || priority < before.priority) worst.set(model, { id, priority, title });
      }
  return worst;
}
