import { TiltmeterError } from '../../contract/errors.ts';
import type { User, UserChange } from '../../contract/user.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { shownUser } from './user-row.ts';

/**
 * Changes name, role or access. Disabling ends the user's sessions and links at once, and no key of theirs lets anyone in until they
 * are let in again. One person who is an active admin always remains. Errors: not_allowed, not_found, conflict (the last admin).
 */
export async function changeUser(ctx: Ctx, id: string, change: UserChange): Promise<User> {
  authorise(ctx.actor, 'admin');
  return ctx.ledger.transaction().execute(async (trx) => {
    const before = await trx
      .selectFrom('users')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!before) throw new TiltmeterError('not_found', `there is no user ${id}`);
    const disabled = change.disabled ?? before.disabled_at !== null;
    const after = {
      ...before,
      name: change.name ?? before.name,
      role: change.role ?? before.role,
      disabled_at: disabled ? (before.disabled_at ?? ctx.clock()) : null,
    };
    await trx.updateTable('users').set(after).where('id', '=', id).execute();
    if (disabled) {
      await trx.deleteFrom('sessions').where('user', '=', id).execute();
      await trx.deleteFrom('login_links').where('user', '=', id).execute();
    }
    await audit(ctx, trx, 'user.change', id, { email: before.email, ...change });
    // Counted after the write and under the audit's lock, so that two admins cannot remove each other.
    const admin = await trx
      .selectFrom('users')
      .select('id')
      .where('role', '=', 'admin')
      .where('kind', '=', 'person')
      .where('disabled_at', 'is', null)
      .executeTakeFirst();
    if (!admin) throw new TiltmeterError('conflict', 'one active admin must remain');
    return shownUser(after);
  });
}
