import { TiltmeterError } from '../../contract/errors.ts';
import type { Monitor, MonitorChange, MonitorOptions } from '../../contract/monitor.ts';
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
    if (!after.enabled) await silence(trx, id, 'switched_off', ctx.clock());
    else await silence(trx, id, 'no_longer_watched', ctx.clock(), after.options.columns ?? 'all');
    await audit(ctx, trx, 'monitor.change', id, { ...change });
    return after;
  });
}

type Trx = Parameters<Parameters<ReturnType<Ctx['ledger']['transaction']>['execute']>[0]>[0];

/** Alerts that are judged no more hold no incident open: all of a monitor, or those of columns that are not in `but`. */
export async function silence(
  trx: Trx,
  monitor: string,
  reason: string,
  now: number,
  but: MonitorOptions['columns'] = [],
): Promise<void> {
  if (but === 'all') return;
  const alerts = await trx
    .selectFrom('alerts')
    .select(['id', 'column', 'state', 'last_time'])
    .where('monitor', '=', monitor)
    .execute();
  for (const { id, column, state, last_time } of alerts) {
    if (but.includes(column) || state === 'no_data') continue;
    const memory = JSON.stringify({
      state: 'no_data',
      reason,
      since: last_time,
      recent: '',
      clears: 0,
      silent: 0,
    });
    await trx
      .updateTable('alerts')
      .set({ state: 'no_data', reason, since: last_time, memory, updated_at: now })
      .where('id', '=', id)
      .execute();
    await trx.updateTable('incident_alerts').set({ firing: 0 }).where('alert', '=', id).execute();
    await trx
      .insertInto('alert_transitions')
      .values({ alert: id, from_state: state, to_state: 'no_data', reason, time: last_time, at: now })
      .execute();
  }
}
