import type { Ctx } from '../../context.ts';

/** Whether a model has a reference that moves with event time. */
export async function hasRollingReference(ctx: Pick<Ctx, 'ledger'>, model: string): Promise<boolean> {
  const rolling = await ctx.ledger
    .selectFrom('references')
    .select('id')
    .where('model', '=', model)
    .where('kind', '=', 'rolling')
    .limit(1)
    .execute();
  return rolling.length > 0;
}
