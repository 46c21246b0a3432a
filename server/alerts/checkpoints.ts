import type { Transaction } from 'kysely';
import type { Ctx } from '../context.ts';
import type { AlertCheckpointRow, Ledger } from '../store/ledger/schema.ts';
import type { SeriesMemory } from './series.ts';

/** What was remembered of a series before a bucket. */
export interface Checkpoint {
  /** Event time at which the bucket begins; 0 for before everything. */
  readonly time: number;
  readonly memory: SeriesMemory | null;
}

export interface StoredCheckpoint extends Checkpoint {
  readonly basis: string;
}

const ROWS = 200;

/** The checkpoints of alerts, in order of time. */
export async function readCheckpoints(
  ctx: Pick<Ctx, 'ledger'>,
  alerts: readonly string[],
): Promise<Map<string, StoredCheckpoint[]>> {
  const all = new Map<string, StoredCheckpoint[]>();
  for (let i = 0; i < alerts.length; i += ROWS) {
    const rows = await ctx.ledger
      .selectFrom('alert_checkpoints')
      .selectAll()
      .where('alert', 'in', alerts.slice(i, i + ROWS))
      .orderBy('time')
      .execute();
    for (const { alert, time, basis, memory } of rows) {
      const own = all.get(alert) ?? [];
      all.set(alert, own);
      own.push({ time, basis, memory: memory === null ? null : (JSON.parse(memory) as SeriesMemory) });
    }
  }
  return all;
}

/**
 * Stores checkpoints, and forgets those that nobody goes back to: of each alert the newest one at or before `keepFrom`
 * is the oldest that is kept.
 */
export async function saveCheckpoints(
  trx: Transaction<Ledger>,
  checkpoints: readonly (StoredCheckpoint & { readonly alert: string })[],
  keepFrom: number,
): Promise<void> {
  const rows = checkpoints.map(
    ({ alert, time, basis, memory }): AlertCheckpointRow => ({
      alert,
      time,
      basis,
      memory: memory === null ? null : JSON.stringify(memory),
    }),
  );
  for (let i = 0; i < rows.length; i += ROWS) {
    const some = rows.slice(i, i + ROWS);
    await trx
      .insertInto('alert_checkpoints')
      .values(some)
      .onConflict((conflict) =>
        conflict
          .columns(['alert', 'time'])
          .doUpdateSet((eb) => ({ basis: eb.ref('excluded.basis'), memory: eb.ref('excluded.memory') })),
      )
      .execute();
    const alerts = [...new Set(some.map(({ alert }) => alert))];
    await trx
      .deleteFrom('alert_checkpoints')
      .where('alert', 'in', alerts)
      .where('time', '<', (eb) =>
        eb
          .selectFrom('alert_checkpoints as newer')
          .select((of) => of.fn.max('newer.time').as('time'))
          .whereRef('newer.alert', '=', 'alert_checkpoints.alert')
          .where('newer.time', '<=', keepFrom),
      )
      .execute();
  }
}

/** Nothing that was judged of these alerts so far is judged again. */
export async function forgetCheckpoints(trx: Transaction<Ledger>, alerts: readonly string[]): Promise<void> {
  for (let i = 0; i < alerts.length; i += ROWS) {
    const some = alerts.slice(i, i + ROWS);
    await trx.deleteFrom('alert_checkpoints').where('alert', 'in', some).execute();
    await trx.updateTable('alerts').set({ basis: '' }).where('id', 'in', some).execute();
  }
}
