import type { Reference } from '../../../contract/reference.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import { pageFrom } from '../../page.ts';
import { shownReference } from './reference-row.ts';

/** References of a model in the order of their creation. Errors: not_allowed, not_found. */
export async function listReferences(
  ctx: Ctx,
  modelId: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: Reference[]; next_cursor: string | null }> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, modelId);
  let query = ctx.ledger
    .selectFrom('references')
    .selectAll()
    .where('model', '=', model.id)
    .orderBy('id')
    .limit(limit + 1);
  if (cursor !== undefined) query = query.where('id', '>', cursor);
  const rows = await query.execute();
  return pageFrom(
    rows.map((row) => shownReference(row, model.reference_id)),
    limit,
    ({ id }) => id,
  );
}
