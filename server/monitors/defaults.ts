import type { MonitorOptions } from '../../contract/monitor.ts';
import type { MonitorKind } from '../../contract/signal.ts';
import type { Ctx } from '../context.ts';
import type { MonitorRow } from '../store/ledger/schema.ts';
import { KINDS } from './kinds/index.ts';

/** The monitors that every model has without being asked: each kind once, latency for each of its quantiles. */
export const DEFAULT_MONITORS = Object.values(KINDS).flatMap(
  (kind): { kind: MonitorKind; options: MonitorOptions }[] =>
    kind.id === 'latency'
      ? kind.metrics.map(({ id }) => ({ kind: kind.id, options: { metric: id } }))
      : [{ kind: kind.id, options: {} }],
);

/**
 * The enabled monitors of a model; makes the default ones the first time. Someone who deletes a default monitor does
 * not get it back.
 */
export async function monitorsOf(
  ctx: Pick<Ctx, 'ledger' | 'clock' | 'ids'>,
  model: string,
): Promise<MonitorRow[]> {
  const read = () =>
    ctx.ledger
      .selectFrom('monitors')
      .selectAll()
      .where('model', '=', model)
      .where('enabled', '=', 1)
      .orderBy('id')
      .execute();
  const monitors = await read();
  if (monitors.some(({ origin }) => origin === 'default')) return monitors;
  return (await createDefaults(ctx, model)) ? read() : monitors;
}

/** True when they did not exist yet. */
async function createDefaults(ctx: Pick<Ctx, 'ledger' | 'clock' | 'ids'>, model: string): Promise<boolean> {
  const now = ctx.clock();
  return ctx.ledger.transaction().execute(async (trx) => {
    const marked = await trx
      .insertInto('settings')
      .values({ key: `monitors/${model}`, value: JSON.stringify({ created_at: now }) })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .executeTakeFirst();
    if (marked.numInsertedOrUpdatedRows === 0n) return false;
    const rows = DEFAULT_MONITORS.map(
      ({ kind, options }): MonitorRow => ({
        id: ctx.ids.id(),
        model,
        kind,
        options: JSON.stringify(options),
        severity: KINDS[kind].severity,
        enabled: 1,
        origin: 'default',
        created_at: now,
        updated_at: now,
      }),
    );
    await trx.insertInto('monitors').values(rows).execute();
    return true;
  });
}
