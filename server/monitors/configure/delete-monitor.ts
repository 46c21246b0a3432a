import { TiltmeterError } from '../../../contract/errors.ts';
import { silence } from '../../alerts/silence.ts';
import { audit } from '../../audit/audit.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';

/**
 * Removes a monitor. Its signals stay readable; its alerts stay in the incidents they were part of, and fire no more.
 * Errors: not_allowed, not_found.
 */
export async function deleteMonitor(ctx: Ctx, id: string): Promise<void> {
  authorise(ctx.actor, 'write');
  await ctx.ledger.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('monitors')
      .select(['id', 'model', 'kind', 'severity'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) throw new TiltmeterError('not_found', 'There is no such monitor');
    await silence(ctx, trx, row, 'monitor_removed');
    await trx.deleteFrom('monitors').where('id', '=', id).execute();
    await audit(ctx, trx, 'monitor.delete', id, { model: row.model, kind: row.kind });
  });
}
