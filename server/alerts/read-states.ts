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
