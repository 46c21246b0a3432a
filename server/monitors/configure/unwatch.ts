import { modelAlerts } from '../../alerts/list-alerts.ts';
import { silence } from '../../alerts/silence.ts';
import type { Ctx } from '../../context.ts';
import { profiledColumns } from '../../models/columns/profiled-columns.ts';
import { watcherOf, watchesColumn } from '../judge/state/watcher.ts';

/**
 * Alerts of columns that are not watched any more, since they turned out to be or were said to be identifiers, texts or
 * nothing to look at, cease to fire and hold no incident open. Repeating it is harmless.
 */
export async function unwatchColumns(ctx: Pick<Ctx, 'ledger' | 'clock'>, model: string): Promise<void> {
  const columns = await profiledColumns(ctx, model);
  const alerts = (await modelAlerts(ctx, model)).filter(
    ({ column, state }) => column !== '' && state !== 'no_data',
  );
  if (alerts.length === 0) return;
  const monitors = await ctx.ledger.selectFrom('monitors').selectAll().where('model', '=', model).execute();
  for (const monitor of monitors) {
    const watcher = watcherOf(monitor);
    if (!watcher?.kind.perColumn) continue;
    const watched = columns.filter((column) => watchesColumn(watcher, column)).map(({ name }) => name);
    const left = alerts.some((alert) => alert.monitor === monitor.id && !watched.includes(alert.column));
    if (!left) continue;
    await ctx.ledger.transaction().execute((trx) => silence(ctx, trx, monitor, 'no_longer_watched', watched));
  }
}
