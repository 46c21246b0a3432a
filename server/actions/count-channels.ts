import type { Ctx } from '../context.ts';

/** Channels that messages go to: those that are switched on. */
export async function countChannels({ ledger }: Pick<Ctx, 'ledger'>): Promise<number> {
  const { n } = await ledger
    .selectFrom('channels')
    .select(({ fn }) => fn.countAll<number | string>().as('n'))
    .where('enabled', '=', 1)
    .executeTakeFirstOrThrow();
  return Number(n);
}
