import type { Ctx } from '../context.ts';

/** How many models there are. */
export async function countModels({ ledger }: Pick<Ctx, 'ledger'>): Promise<number> {
  const { n } = await ledger
    .selectFrom('models')
    .select(({ fn }) => fn.countAll<number | string>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
}
