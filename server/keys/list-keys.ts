import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { pageFrom } from '../page.ts';
import { accountsOf } from '../users/accounts.ts';
import { shownKey } from './key-row.ts';

/** The newest first, revoked ones included: of an admin all keys, of others those of their own. */
export async function listKeys(ctx: Ctx, { limit, cursor }: { limit: number; cursor?: string | undefined }) {
  authorise(ctx.actor, 'write');
  let query = ctx.ledger
    .selectFrom('keys')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (!ctx.actor.scopes.has('admin')) query = query.where('owner', '=', ctx.actor.account ?? '');
  if (cursor !== undefined) query = query.where('id', '<', cursor);
  const rows = await query.execute();
  const owners = await accountsOf(
    ctx,
    rows.map(({ owner }) => owner),
  );
  const shown = rows.map((row) => shownKey(row, owners.get(row.owner)));
  return pageFrom(shown, limit, (key) => key.id);
}
