import { TiltmeterError } from '../../contract/errors.ts';
import type { Monitor, NewMonitor } from '../../contract/monitor.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import type { MonitorRow } from '../store/ledger/schema.ts';
import { checkOptions, monitorOf } from './monitor-row.ts';

/** Adds a monitor; it judges from the next complete bucket on. Errors: not_allowed, not_found, invalid_request. */
export async function createMonitor(ctx: Ctx, { model, kind, options, severity, enabled }: NewMonitor) {
  authorise(ctx.actor, 'write');
  checkOptions(kind, options);
  const now = ctx.clock();
  const row: MonitorRow = {
    id: ctx.ids.id(),
    model,
    kind,
    options: JSON.stringify(options),
    severity,
    enabled: enabled ? 1 : 0,
    origin: 'user',
    created_at: now,
    updated_at: now,
  };
  await ctx.ledger.transaction().execute(async (trx) => {
    const known = await trx.selectFrom('models').select('id').where('id', '=', model).executeTakeFirst();
    if (!known) throw new TiltmeterError('not_found', `There is no model ${model}`);
    await trx.insertInto('monitors').values(row).execute();
    await audit(ctx, trx, 'monitor.create', row.id, { model, kind, options, severity, enabled });
  });
  return monitorOf(row) satisfies Monitor;
}
