import { TiltmeterError } from '../../contract/errors.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { disown } from '../jobs/fence.ts';
import type { Schemas } from '../models/columns/schemas.ts';
import { findModel } from '../models/find-model.ts';
import { beginRemoval } from '../models/removals.ts';
import { profileHead } from '../profiles/heads/read-heads.ts';

/**
 * Removes a model with everything that is known of it: at once nobody finds it any more and no server decides about it,
 * and a job removes what is stored. `confirm` repeats its id. Errors: not_allowed (admins only), not_found,
 * invalid_request.
 */
export async function removeModel(
  ctx: Ctx,
  schemas: Pick<Schemas, 'drop'>,
  id: string,
  confirm: string,
): Promise<void> {
  authorise(ctx.actor, 'admin');
  const { predictions = 0 } = (await profileHead(ctx, id)) ?? {};
  await ctx.ledger.transaction().execute(async (trx) => {
    const model = await findModel({ ledger: trx }, id);
    confirmed(id, confirm);
    await disown(trx, id);
    await beginRemoval(ctx, trx, model, null);
    await audit(ctx, trx, 'model.delete', id, { name: model.name ?? id, predictions });
  });
  schemas.drop(id);
}

/** Nothing is removed by a slip. */
export function confirmed(name: string, confirm: string): void {
  if (confirm !== name)
    throw new TiltmeterError('invalid_request', `confirm must be ${name}, exactly: this cannot be undone`);
}
