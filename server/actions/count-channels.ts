import type { Ctx } from '../context.ts';

/** Channels that people are told of incidents through: those that are switched on. */
export async function countChannels({ ledger }: Pick<Ctx, 'ledger'>): Promise<number> {
  const { n } = await ledger
    .selectFrom('channels')
    .select(({ fn }) => fn.countAll<number | string>().as('n'))
    .where('enabled', '=', 1)
    .where('tells', '=', 'incidents')
    .executeTakeFirstOrThrow();
  return Number(n);
}
