import type { Ctx } from '../../context.ts';
import { visibleTo } from '../../jobs/servers.ts';

/**
 * Every row with a stamp below it is visible, whichever server stored it. While no server is heard of, what this process
 * has under way is all there is.
 */
export async function visibleStamps(ctx: Pick<Ctx, 'ledger' | 'stamps'>): Promise<number> {
  return (await visibleTo(ctx)) || ctx.stamps.mark();
}
