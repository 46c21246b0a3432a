import { TiltmeterError } from '../../contract/errors.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { silence } from './change-monitor.ts';

/**
 * Removes a monitor. Its signals stay readable; its alerts stay in the incidents they were part of, and fire no more.
 * Errors: not_allowed, not_found.
 */
export async function deleteMonitor(ctx: Ctx, id: string): Promise<void> {
  authorise(ctx.actor, 'write');
  await ctx.ledger.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('monitors')
      .select(['model', 'kind'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) throw new TiltmeterError('not_found', 'There is no such monitor');
    await silence(trx, id, 'monitor_removed', ctx.clock());
    await trx.deleteFrom('monitors').where('id', '=', id).execute();
    await audit(ctx, trx, 'monitor.delete', id, { ...row });
  });
}
