import type { Ctx } from '../context.ts';
import type { AlertState } from '../store/ledger/schema.ts';

/** How alerts of a monitor stand: one for each state that any of its series is in. */
export interface MonitorState {
  readonly model: string;
  readonly monitor: string;
  readonly layer: string;
  readonly state: AlertState;
}

/** The states of these models' alerts, however many series a monitor has. */
export async function alertStates(
  ctx: Pick<Ctx, 'ledger'>,
  models: readonly string[],
): Promise<MonitorState[]> {
  if (models.length === 0) return [];
  return ctx.ledger
    .selectFrom('alerts')
    .select(['model', 'monitor', 'layer', 'state'])
    .distinct()
    .where('model', 'in', [...models])
    .execute();
}

/** How a series of a model stands, and why. */
export interface AlertReason {
  readonly model: string;
  readonly state: AlertState;
  readonly reason: string;
}

/** How the series of these kinds stand. */
export async function alertReasons(
  ctx: Pick<Ctx, 'ledger'>,
  models: readonly string[],
  kinds: readonly string[],
): Promise<AlertReason[]> {
  if (models.length === 0) return [];
  return ctx.ledger
    .selectFrom('alerts')
    .select(['model', 'state', 'reason'])
    .where('model', 'in', [...models])
    .where('kind', 'in', [...kinds])
    .execute();
}

/** Every series with its newest value and state, for whoever scrapes them. */
export function newestValues(ctx: Pick<Ctx, 'ledger'>) {
  return ctx.ledger
    .selectFrom('alerts')
    .select(['model', 'monitor', 'kind', 'metric', 'layer', 'column', 'segment', 'version'])
    .select(['state', 'value', 'threshold'])
    .execute();
}

/** Since when the newest alert of these kinds fires, by model, event time; one of which none does is absent. */
export async function firingOf(
  ctx: Pick<Ctx, 'ledger'>,
  models: readonly string[],
  kinds: readonly string[],
): Promise<Map<string, number>> {
  if (models.length === 0) return new Map();
  const rows = await ctx.ledger
    .selectFrom('alerts')
    .select(['model', (eb) => eb.fn.max('since').as('since')])
    .where('model', 'in', [...models])
    .where('kind', 'in', [...kinds])
    .where('state', '=', 'firing')
    .groupBy('model')
    .execute();
  return new Map(rows.map(({ model, since }) => [model, Number(since)]));
}
