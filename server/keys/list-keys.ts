import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { pageFrom } from '../page.ts';
import { shownKey } from './key-row.ts';

/** All keys, the newest first, revoked ones included. */
export async function listKeys(ctx: Ctx, { limit, cursor }: { limit: number; cursor?: string | undefined }) {
  authorise(ctx.actor, 'write');
  let query = ctx.ledger
    .selectFrom('keys')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (cursor !== undefined) query = query.where('id', '<', cursor);
  const rows = await query.execute();
  return pageFrom(rows.map(shownKey), limit, (key) => key.id);
}
