import { TiltmeterError } from '../../contract/errors.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { PREDICTION } from '../models/columns/schema.ts';
import type { Schemas } from '../models/columns/schemas.ts';
import { refuseWhileErasing } from '../models/erasures.ts';
import { findModel } from '../models/find-model.ts';
import { beginColumnRemoval } from '../models/removals.ts';
import { forgetColumn } from '../monitors/configure/forget-column.ts';
import { newestRevision } from '../profiles/heads/read-heads.ts';
import { forgetColumnHead } from '../profiles/heads/save-head.ts';
import { dropColumnValues } from './removals-job.ts';
import { confirmed } from './remove-model.ts';

/**
 * Removes a column with its values, profiles and signals; when it is sent again it comes again, empty. `confirm` repeats its
 * name. Errors: not_allowed (admins only), not_found, invalid_request, conflict (an erasure asks by it).
 */
export async function removeColumn(
  ctx: Ctx,
  schemas: Pick<Schemas, 'dropColumn'>,
  { model: id, column, confirm }: { model: string; column: string; confirm: string },
): Promise<void> {
  authorise(ctx.actor, 'admin');
  const model = await findModel(ctx, id);
  if (column === PREDICTION || column.startsWith('_'))
    throw new TiltmeterError('invalid_request', `${column} is what the model answers and cannot be removed`);
  const written = await newestRevision(ctx, id);
  const removal = await ctx.ledger.transaction().execute(async (trx) => {
    await forgetColumn(ctx, trx, id, column);
    const row = await beginColumnRemoval(ctx, trx, model, { column, written });
    confirmed(column, confirm);
    await refuseWhileErasing(trx, id, column);
    await forgetColumnHead(trx, id, column);
    await audit(ctx, trx, 'column.delete', `${id}/${column}`, { model: id, column });
    return row;
  });
  schemas.dropColumn(id, column);
  // At once, so that what is sent from now on makes it anew; the job goes on where this dies. Nobody waits for the disk.
  await dropColumnValues(ctx, removal, 'going');
}
