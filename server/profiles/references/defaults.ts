import type { Ctx } from '../../context.ts';

/** More are not looked through for one that has labels. */
const MOST = 20;

/** Ids of the references that are or were a model's default, and are still there: the newest choice first. */
export async function defaultReferences({ ledger }: Pick<Ctx, 'ledger'>, model: string): Promise<string[]> {
  const rows = await ledger
    .selectFrom('references')
    .select('id')
    .where('model', '=', model)
    .where('default_at', 'is not', null)
    .orderBy('default_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute();
  return rows.map(({ id }) => id);
}
