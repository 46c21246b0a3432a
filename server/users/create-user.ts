import type { NewUser, User } from '../../contract/user.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { shownUser } from './user-row.ts';

/** Adds a user, who signs in through a link (see create-link.ts). Errors: not_allowed, conflict (the email is taken). */
export async function createUser(ctx: Ctx, wanted: NewUser): Promise<User> {
  authorise(ctx.actor, 'admin');
  const row = {
    id: ctx.ids.id(),
    email: wanted.email.toLowerCase(),
    name: wanted.name,
    role: wanted.role,
    created_at: ctx.clock(),
    disabled_at: null,
  };
  await ctx.ledger.transaction().execute(async (trx) => {
    await trx.insertInto('users').values(row).execute();
    await audit(ctx, trx, 'user.create', row.id, { email: row.email, role: row.role });
  });
  return shownUser(row);
}
