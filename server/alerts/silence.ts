import type { Transaction } from 'kysely';
import type { Ctx } from '../context.ts';
import type { Ledger } from '../store/ledger/schema.ts';
import { forgetCheckpoints } from './checkpoints.ts';
import { appendDecisions, type NewDecision } from './decision-log.ts';
import { episodeOf, type SeriesMemory } from './series.ts';

/**
 * Alerts that are judged no more fire no more and hold no incident open: all of a monitor, or those of columns, or of
 * segments, that are not in `but`. Example: `silence(ctx, trx, monitor, 'switched_off')`
 */
export async function silence(
  ctx: Pick<Ctx, 'clock'>,
  trx: Transaction<Ledger>,
  monitor: { readonly id: string; readonly severity: 'page' | 'ticket' },
  reason: string,
  but: readonly string[] = [],
  of: 'column' | 'segment' = 'column',
): Promise<void> {
  const at = ctx.clock();
  const all = await trx.selectFrom('alerts').selectAll().where('monitor', '=', monitor.id).execute();
  const alerts = all.filter((alert) => !but.includes(alert[of]));
  const decisions: NewDecision[] = [];
  for (const alert of alerts.filter(({ state }) => state !== 'no_data')) {
    const { id, model, kind, metric, column, segment, version, state: from, last_time: time } = alert;
    const before = JSON.parse(alert.memory) as SeriesMemory;
    const memory: SeriesMemory = { state: 'no_data', reason, since: time, recent: '', clears: 0, silent: 0 };
    await trx
      .updateTable('alerts')
      .set({ state: 'no_data', reason, since: time, memory: JSON.stringify(memory), updated_at: at })
      .where('id', '=', id)
      .execute();
    const fired = from === 'firing';
    decisions.push({
      ...{ alert: id, model, monitor: monitor.id, kind, metric, column, segment, version },
      ...{ severity: monitor.severity, from, to: 'no_data', reason, time, at },
      ...{ since: fired ? episodeOf(before) : time, peak: (fired && before.peak) || null },
      ...{ reachMs: 0, correction: false },
    });
  }
  await forgetCheckpoints(
    trx,
    alerts.map(({ id }) => id),
  );
  await appendDecisions(trx, decisions);
}
