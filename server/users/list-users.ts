import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { pageFrom } from '../page.ts';
import { shownUser } from './user-row.ts';

/** All users in the order of their creation. */
export async function listUsers(ctx: Ctx, { limit, cursor }: { limit: number; cursor?: string | undefined }) {
  authorise(ctx.actor, 'admin');
  let query = ctx.ledger
    .selectFrom('users')
    .selectAll()
    .orderBy('id')
    .limit(limit + 1);
  if (cursor !== undefined) query = query.where('id', '>', cursor);
  const rows = await query.execute();
  return pageFrom(rows.map(shownUser), limit, (user) => user.id);
}
