import type { Ctx } from '../context.ts';

/**
 * End of the last judged bucket (event time) of each model, of all models when none is named. A model that was never
 * judged has no entry. Example: `(await judgedTo(ctx, ['m'])).get('m') ?? 0`
 */
export async function judgedTo(
  ctx: Pick<Ctx, 'ledger'>,
  models?: readonly string[],
): Promise<Map<string, number>> {
  let query = ctx.ledger.selectFrom('judgements').select(['model', 'evaluated_to']);
  if (models !== undefined) query = query.where('model', 'in', [...models]);
  return new Map((await query.execute()).map(({ model, evaluated_to }) => [model, evaluated_to]));
}
