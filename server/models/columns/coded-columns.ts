import type { Ctx } from '../../context.ts';

/** Columns of all models that are stored as numbers and taken for categories: there are few. */
export function codedColumns({ ledger }: Pick<Ctx, 'ledger'>): Promise<{ model: string; column: string }[]> {
  return ledger
    .selectFrom('columns')
    .select(['model', 'name as column'])
    .where('meaning', '=', 'categorical')
    .where('type', '=', 'numeric')
    .execute();
}
