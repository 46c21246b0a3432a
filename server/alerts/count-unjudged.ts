import type { Ctx } from '../context.ts';

/** How many series of a model cannot be judged, and why. */
export interface Unjudged {
  readonly model: string;
  readonly reason: string;
  readonly series: number;
}

/** What of these models is not judged for want of data, by model and reason; what only waits for labels is not among it. */
export async function countUnjudged(
  { ledger }: Pick<Ctx, 'ledger'>,
  models: readonly string[],
): Promise<Unjudged[]> {
  if (models.length === 0) return [];
  const rows = await ledger
    .selectFrom('alerts')
    .select(({ fn }) => ['model', 'reason', fn.countAll<number>().as('series')])
    .where('model', 'in', [...models])
    .where('state', 'in', ['no_data', 'not_enough_data'])
    .groupBy(['model', 'reason'])
    .orderBy('model')
    .orderBy('reason')
    .execute();
  return rows.map(({ series, ...row }) => ({ ...row, series: Number(series) }));
}
