import { TiltmeterError } from '../../contract/errors.ts';
import type { Monitor, MonitorChange } from '../../contract/monitor.ts';
import { silence } from '../alerts/silence.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { checkOptions, defaultsOf, monitorOf } from './monitor-row.ts';

/**
 * Changes a monitor; the states of its alerts are kept, and what was judged stays as it was. `options` replaces all
 * options. A monitor that is switched off leaves its alerts: they are no longer judged and cease to fire.
 * Errors: not_allowed, not_found, invalid_request.
 */
export async function changeMonitor(ctx: Ctx, id: string, change: MonitorChange): Promise<Monitor> {
  authorise(ctx.actor, 'write');
  return ctx.ledger.transaction().execute(async (trx) => {
    const row = await trx.selectFrom('monitors').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row) throw new TiltmeterError('not_found', 'There is no such monitor');
    const before = monitorOf(row);
    const changed = { ...before, ...change };
    const after: Monitor = { ...changed, defaults: defaultsOf(changed.kind, changed.options.metric) };
    checkOptions(after.kind, after.options);
    await trx
      .updateTable('monitors')
      .set({
        options: JSON.stringify(after.options),
        severity: after.severity,
        enabled: after.enabled ? 1 : 0,
        updated_at: ctx.clock(),
      })
      .where('id', '=', id)
      .execute();
    const { columns = 'all' } = after.options;
    if (!after.enabled) await silence(ctx, trx, after, 'switched_off');
    else if (columns !== 'all') await silence(ctx, trx, after, 'no_longer_watched', columns);
    await audit(ctx, trx, 'monitor.change', id, { ...change });
    return after;
  });
}
