import type { Alert, AlertState } from '../../contract/alert.ts';
import { rfc3339 } from '../../contract/time.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { pageFrom } from '../page.ts';
import type { AlertRow } from '../store/ledger/schema.ts';

/** A stored alert as the API shows it. */
export function alertOf(row: AlertRow): Alert {
  const { memory: _memory, last_time: _last, basis: _basis, updated_at: _updated, since, ...shown } = row;
  return { ...shown, since: rfc3339(since) };
}

export interface AlertFilter {
  readonly model?: string | undefined;
  readonly state?: AlertState | undefined;
  readonly kind?: string | undefined;
  readonly layer?: string | undefined;
  readonly monitor?: string | undefined;
  readonly column?: string | undefined;
  readonly segment?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const FILTERS = ['model', 'state', 'kind', 'layer', 'monitor', 'column', 'segment'] as const;

/** The state of every series, oldest series first. */
export async function listAlerts(ctx: Ctx, { limit, cursor, ...filters }: AlertFilter) {
  authorise(ctx.actor, 'read');
  let query = ctx.ledger
    .selectFrom('alerts')
    .selectAll()
    .orderBy('id')
    .limit(limit + 1);
  for (const name of FILTERS) {
    const value = filters[name];
    if (value !== undefined) query = query.where(name, '=', value);
  }
  if (cursor !== undefined) query = query.where('id', '>', cursor);
  return pageFrom((await query.execute()).map(alertOf), limit, (alert) => alert.id);
}

/** The alerts of all series of a model. */
export function modelAlerts({ ledger }: Pick<Ctx, 'ledger'>, model: string): Promise<AlertRow[]> {
  return ledger.selectFrom('alerts').selectAll().where('model', '=', model).execute();
}
