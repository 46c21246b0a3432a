import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { pageFrom } from '../../page.ts';
import { silenceOf } from './silence-row.ts';

interface Page {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Silences and maintenance windows, the newest first, over ones among them. */
export async function listSilences(ctx: Ctx, { limit, cursor }: Page) {
  authorise(ctx.actor, 'read');
  let query = ctx.ledger
    .selectFrom('silences')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (cursor !== undefined) query = query.where('id', '<', cursor);
  const { items, next_cursor } = pageFrom(await query.execute(), limit, ({ id }) => id);
  const counted = await ctx.ledger
    .selectFrom('silenced')
    .select(({ fn }) => ['silence', fn.countAll<number>().as('n')])
    .groupBy('silence')
    .execute();
  const silenced = new Map(counted.map(({ silence, n }) => [silence, Number(n)]));
  return { items: items.map((row) => silenceOf(row, ctx.clock(), silenced.get(row.id))), next_cursor };
}
