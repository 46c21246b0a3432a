import type { z } from 'zod';
import type { Column } from '../../contract/model.ts';
import { protectionInWords } from '../../contract/privacy.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { meaningOf } from './columns/meaning.ts';
import { findModel, modelColumns } from './find-model.ts';
import { ownRules, serverRules } from './privacy/rules.ts';

/** Columns of a model in the order of their first appearance. Errors: not_found. */
export async function listColumns(
  ctx: Ctx,
  id: string,
): Promise<{ items: z.infer<typeof Column>[]; next_cursor: null }> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, id);
  const importance = JSON.parse(model.importance ?? '{}') as Record<string, number>;
  const rows = await modelColumns(ctx, id);
  const rules = [...(await serverRules(ctx)), ...ownRules(model)];
  const items = rows.map(({ name, type, meaning, recognised, safe }) => ({
    name,
    type: meaningOf({ type, meaning }),
    stored_as: type === 'numeric' ? ('number' as const) : ('text' as const),
    recognised,
    importance: Object.hasOwn(importance, name) ? importance[name]! : null,
    safe: safe === 1,
    protection: protectionInWords(rules, name),
  }));
  return { items, next_cursor: null };
}
