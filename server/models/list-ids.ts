import type { Ctx } from '../context.ts';

/** The names of all models, in order. */
export async function modelIds({ ledger }: Pick<Ctx, 'ledger'>): Promise<string[]> {
  const rows = await ledger.selectFrom('models').select('id').orderBy('id').execute();
  return rows.map(({ id }) => id);
}
