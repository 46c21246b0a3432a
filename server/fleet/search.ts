import { TiltmeterError } from '../../contract/errors.ts';
import type { SearchHit, SearchResult } from '../../contract/search.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { modelsWithPrediction } from '../events/predictions/find-prediction.ts';
import { findColumns } from '../models/find-columns.ts';
import { allModels } from '../models/find-model.ts';

/** Hits of one kind that are told. */
const SHOWN = 8;
/** Models in which a prediction is looked for. */
const LOOKED_THROUGH = 500;

/**
 * Models and columns by a part of their name, predictions by exactly their id. `first` is the model that is looked through
 * before all others.
 */
export async function search(
  ctx: Ctx,
  { q, first }: { readonly q: string; readonly first?: string | undefined },
): Promise<SearchResult> {
  authorise(ctx.actor, 'read');
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return { items: [], complete: true };
  const models = (await allModels(ctx)).sort((a, b) => Number(b.id === first) - Number(a.id === first));
  const named = models.filter(({ id }) => words.every((word) => id.toLowerCase().includes(word)));
  const looked = models.slice(0, LOOKED_THROUGH);
  const [columns, predictions] = await Promise.all([
    findColumns(ctx, words, SHOWN),
    modelsWithPrediction(ctx, looked, q.trim()).catch((error: unknown) => {
      if (error instanceof TiltmeterError && error.code === 'query_too_large') return undefined;
      throw error;
    }),
  ]);
  const items: SearchHit[] = [
    ...(predictions ?? []).map((model): SearchHit => ({ kind: 'prediction', model, name: q.trim() })),
    ...named.slice(0, SHOWN).map(({ id }): SearchHit => ({ kind: 'model', model: id, name: id })),
    ...columns.map(({ model, name }): SearchHit => ({ kind: 'column', model, name })),
  ];
  return { items, complete: predictions !== undefined && looked.length === models.length };
}
