import type { Ctx } from '../context.ts';
import type { Quality } from './heads/head.ts';
import { readHeads } from './heads/read-heads.ts';

export { isEstimated, type Quality } from './heads/head.ts';

/** What stands for the quality of each model, with its newest values; a model without is absent. */
export async function readQuality(
  ctx: Pick<Ctx, 'ledger'>,
  models: readonly string[],
): Promise<Map<string, Quality>> {
  const heads = await readHeads(ctx, models);
  return new Map([...heads].flatMap(([model, { quality }]) => (quality ? [[model, quality] as const] : [])));
}
