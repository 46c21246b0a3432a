import { silence } from '../../alerts/silence.ts';
import type { Ctx } from '../../context.ts';
import type { Case } from './state/model-state.ts';
import { watcherOf } from './state/watcher.ts';

/**
 * Alerts of segments that a monitor does not look at any more, since the model is split otherwise or the monitor is set
 * otherwise, cease to fire and hold no incident open. The case without them; repeating it is harmless.
 */
export async function unwatchSegments(ctx: Ctx, known: Case): Promise<Case> {
  const alerts = new Map(known.alerts);
  for (const monitor of known.monitors) {
    if (watcherOf(monitor) === undefined) continue;
    const watchers = known.watchers.filter((watcher) => watcher.monitor.id === monitor.id);
    const segments = watchers.map(({ segment }) => segment);
    const left = [...alerts].filter(
      ([, alert]) =>
        alert.monitor === monitor.id && alert.state !== 'no_data' && !segments.includes(alert.segment),
    );
    if (left.length === 0) continue;
    await ctx.ledger
      .transaction()
      .execute((trx) => silence(ctx, trx, monitor, 'no_longer_watched', segments, 'segment'));
    for (const [key] of left) alerts.delete(key);
  }
  return { ...known, alerts };
}
