import type { Reference } from '../../../contract/reference.ts';
import { audit } from '../../audit/audit.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import { forgetReference } from '../../models/learn.ts';
import { findReference } from './find-reference.ts';
import { makeDefault } from './make-default.ts';
import { shownReference } from './reference-row.ts';

/** Makes a reference the one that monitors use when they name none. Errors: not_allowed, not_found. */
export async function makeDefaultReference(ctx: Ctx, modelId: string, id: string): Promise<Reference> {
  authorise(ctx.actor, 'write');
  const model = await findModel(ctx, modelId);
  const row = await findReference(ctx, model.id, id);
  await ctx.ledger.transaction().execute(async (trx) => {
    await makeDefault(trx, row, 'always', ctx.clock());
    await audit(ctx, trx, 'reference.default', row.id, { model: model.id, name: row.name });
  });
  return shownReference(row, row.id);
}

/**
 * Removes a reference. Where it was the default the model has none until one is chosen or an automatic one is made;
 * monitors that name it say `no_reference`. Its profiles stay unread. Errors: not_allowed, not_found.
 */
export async function removeReference(ctx: Ctx, modelId: string, id: string): Promise<void> {
  authorise(ctx.actor, 'write');
  const model = await findModel(ctx, modelId);
  const row = await findReference(ctx, model.id, id);
  await ctx.ledger.transaction().execute(async (trx) => {
    await trx.deleteFrom('references').where('id', '=', row.id).execute();
    await forgetReference(trx, model.id, row.id, ctx.clock());
    await audit(ctx, trx, 'reference.delete', row.id, { model: model.id, name: row.name, kind: row.kind });
  });
}
