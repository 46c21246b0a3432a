import { TiltmeterError } from '../../contract/errors.ts';
import { rfc3339 } from '../../contract/time.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { secretHash } from '../secrets.ts';

const LINK_MS = 24 * 3_600_000;

/**
 * A link that signs the user in once, within a day, in place of every earlier one. Errors: not_allowed, not_found, conflict (disabled user).
 */
export async function createLink(ctx: Ctx, userId: string): Promise<{ url: string; expires_at: string }> {
  authorise(ctx.actor, 'admin');
  const token = ctx.ids.secret();
  const now = ctx.clock();
  await ctx.ledger.transaction().execute(async (trx) => {
    const user = await trx.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirst();
    if (!user) throw new TiltmeterError('not_found', `there is no user ${userId}`);
    if (user.kind === 'service')
      throw new TiltmeterError('conflict', `${user.name} is a service account: nobody signs in as it`);
    if (user.disabled_at !== null) throw new TiltmeterError('conflict', `${user.email} is disabled`);
    // Used up: only the newest opens anything.
    await trx
      .updateTable('login_links')
      .set({ used_at: now })
      .where('user', '=', userId)
      .where('used_at', 'is', null)
      .execute();
    const link = {
      hash: secretHash(token),
      user: userId,
      created_at: now,
      expires_at: now + LINK_MS,
      used_at: null,
    };
    await trx.insertInto('login_links').values(link).execute();
    await audit(ctx, trx, 'user.link', userId, { email: user.email });
  });
  return { url: `${ctx.settings.address}/login#token=${token}`, expires_at: rfc3339(now + LINK_MS) };
}
