import type { Ctx } from '../context.ts';
import type { AlertRow } from '../store/ledger/schema.ts';

/** The newest value of a series, with its lower bound. */
export type BoundedValue = Pick<
  AlertRow,
  'model' | 'kind' | 'metric' | 'layer' | 'column' | 'high' | 'n' | 'threshold' | 'last_time'
> & { readonly value: number; readonly low: number };

/**
 * The newest values of all series by this metric that lie within their threshold and above nothing for certain, of these models: those of all
 * rows and versions, of which no alert fires. The greatest first, `most` at most.
 */
export async function withinThreshold(
  { ledger }: Pick<Ctx, 'ledger'>,
  models: readonly string[],
  metric: string,
  most: number,
): Promise<BoundedValue[]> {
  if (models.length === 0) return [];
  const rows = await ledger
    .selectFrom('alerts')
    .select([
      'model',
      'kind',
      'metric',
      'layer',
      'column',
      'value',
      'low',
      'high',
      'n',
      'threshold',
      'last_time',
    ])
    .where('model', 'in', [...models])
    .where('metric', '=', metric)
    .where('segment', '=', '')
    .where('version', '=', '')
    .where('state', '!=', 'firing')
    .where('low', '>', 0)
    .whereRef('value', '<=', 'threshold')
    .orderBy('value', 'desc')
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map((row) => ({ ...row, value: row.value!, low: row.low! }));
}
