import type { Monitor, NewMonitor } from '../../../contract/monitor.ts';
import { audit } from '../../audit/audit.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import type { MonitorRow } from '../../store/ledger/schema.ts';
import { checkMonitor, knownKind } from './check-monitor.ts';
import { monitorOf } from './monitor-row.ts';

/** Adds a monitor; it judges from the next complete bucket on. Errors: not_allowed, not_found, invalid_request. */
export async function createMonitor(
  ctx: Ctx,
  { model, kind: id, options, severity, enabled }: NewMonitor,
): Promise<Monitor> {
  authorise(ctx.actor, 'write');
  const kind = knownKind(id);
  const now = ctx.clock();
  const row: MonitorRow = {
    id: ctx.ids.id(),
    model,
    kind: kind.id,
    options: JSON.stringify(options),
    severity,
    enabled: enabled ? 1 : 0,
    origin: 'user',
    created_at: now,
    updated_at: now,
  };
  await ctx.ledger.transaction().execute(async (trx) => {
    await checkMonitor({ ledger: trx }, await findModel({ ledger: trx }, model), kind, options);
    await trx.insertInto('monitors').values(row).execute();
    await audit(ctx, trx, 'monitor.create', row.id, { model, kind: kind.id, options, severity, enabled });
  });
  return monitorOf(row);
}
