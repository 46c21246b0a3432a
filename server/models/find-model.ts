import { TiltmeterError } from '../../contract/errors.ts';
import type { Ctx } from '../context.ts';
import type { ModelRow } from '../store/ledger/schema.ts';

/** The model's row in the ledger. Errors: not_found. */
export async function findModel(ctx: Pick<Ctx, 'ledger'>, id: string): Promise<ModelRow> {
  const row = await ctx.ledger.selectFrom('models').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new TiltmeterError('not_found', `there is no model ${id}`);
  return row;
}
