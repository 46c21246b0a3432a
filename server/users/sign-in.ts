import { TiltmeterError } from '../../contract/errors.ts';
import { audit } from '../audit/audit.ts';
import { actingAs, type Ctx } from '../context.ts';

import { secretHash } from '../secrets.ts';
import type { UserRow } from '../store/ledger/schema.ts';
import { userActor } from './authenticate-session.ts';
import { SIGNED_IN } from './first-admin.ts';

/** A browser says more of itself than is needed to know it again. */
const AGENT_LENGTH = 256;

/**
 * Trades a link's token for a session's secret, once. `agent`: what the browser calls itself. Errors: not_authenticated (unknown, used or
 * expired link).
 */
export async function signIn(
  ctx: Ctx,
  token: string,
  agent = '',
): Promise<{ user: UserRow; secret: string }> {
  const now = ctx.clock();
  const secret = ctx.ids.secret();
  return ctx.ledger.transaction().execute(async (trx) => {
    const link = await trx
      .updateTable('login_links')
      .set({ used_at: now })
      .where('hash', '=', secretHash(token))
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .returning('user')
      .executeTakeFirst();
    const user =
      link &&
      (await trx
        .selectFrom('users')
        .selectAll()
        .where('id', '=', link.user)
        .where('disabled_at', 'is', null)
        // whoever disables the user meanwhile ends this session too
        .forUpdate()
        .executeTakeFirst());
    if (!user)
      throw new TiltmeterError('not_authenticated', 'this sign-in link was used already, or is too old');
    const { idleMs, maxMs } = ctx.settings.session;
    const session = {
      hash: secretHash(secret),
      user: user.id,
      created_at: now,
      expires_at: now + Math.min(idleMs, maxMs),
      ip: ctx.request?.ip ?? '',
      agent: agent.slice(0, AGENT_LENGTH),
    };
    await trx
      .insertInto('sessions')
      .values({ ...session, last_seen_at: now })
      .execute();
    await trx
      .insertInto('settings')
      .values({ key: SIGNED_IN, value: String(now) })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute();
    await audit(actingAs(ctx, userActor(user)), trx, 'session.create', user.id, { email: user.email });
    return { user, secret };
  });
}
