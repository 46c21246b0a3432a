import { TiltmeterError } from '../../../contract/errors.ts';
import type { Monitor, MonitorChange } from '../../../contract/monitor.ts';
import { silence } from '../../alerts/silence.ts';
import { audit } from '../../audit/audit.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import type { Options } from '../options.ts';
import { checkMonitor, knownKind } from './check-monitor.ts';
import { monitorOf } from './monitor-row.ts';

/**
 * Changes a monitor; the states of its alerts are kept, and what was judged stays as it was. `options` replaces all
 * options. A monitor that is switched off leaves its alerts: they are no longer judged and cease to fire.
 * Errors: not_allowed, not_found, invalid_request.
 */
export async function changeMonitor(ctx: Ctx, id: string, change: MonitorChange): Promise<Monitor> {
  authorise(ctx.actor, 'write');
  const { options, severity, enabled } = change;
  return ctx.ledger.transaction().execute(async (trx) => {
    const before = await trx.selectFrom('monitors').selectAll().where('id', '=', id).executeTakeFirst();
    if (!before) throw new TiltmeterError('not_found', 'There is no such monitor');
    if (options !== undefined) {
      const model = await findModel({ ledger: trx }, before.model);
      await checkMonitor({ ledger: trx }, model, knownKind(before.kind), options);
    }
    // Only what is changed is written: of two people who change different things at once neither undoes the other.
    const row = await trx
      .updateTable('monitors')
      .set({
        ...(options === undefined ? {} : { options: JSON.stringify(options) }),
        ...(severity === undefined ? {} : { severity }),
        ...(enabled === undefined ? {} : { enabled: enabled ? 1 : 0 }),
        updated_at: ctx.clock(),
      })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const { columns = 'all' } = JSON.parse(row.options) as Options;
    if (row.enabled === 0) await silence(ctx, trx, row, 'switched_off');
    else if (columns !== 'all') await silence(ctx, trx, row, 'no_longer_watched', columns);
    await audit(ctx, trx, 'monitor.change', id, { ...change });
    return monitorOf(row);
  });
}
