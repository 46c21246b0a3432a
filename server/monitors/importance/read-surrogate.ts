import type { Ctx } from '../../context.ts';
import type { Surrogate } from './surrogate.ts';

/** What the surrogate of a model was found to go by, and when it was fitted; null before there is one. */
export async function readSurrogate(
  ctx: Pick<Ctx, 'ledger'>,
  model: string,
): Promise<(Omit<Surrogate, 'shares'> & { readonly fittedAt: number }) | null> {
  const row = await ctx.ledger
    .selectFrom('importance')
    .select(['surrogate', 'tried_at'])
    .where('model', '=', model)
    .executeTakeFirst();
  if (row?.surrogate == null) return null;
  return { ...(JSON.parse(row.surrogate) as Omit<Surrogate, 'shares'>), fittedAt: row.tried_at };
}
