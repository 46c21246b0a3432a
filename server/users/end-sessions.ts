import { TiltmeterError } from '../../contract/errors.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';

/** What a session is called where it is shown: enough of its hash to tell it from others, and nothing that signs anybody in. */
export function sessionId(hash: string): string {
  return hash.slice(0, 16);
}

/** Signs the person who asks out of one of their sessions. Errors: not_found (none of theirs). */
export async function endSession(ctx: Ctx, id: string): Promise<void> {
  await ctx.ledger.transaction().execute(async (trx) => {
    const rows = await trx.selectFrom('sessions').select('hash').where('user', '=', ctx.actor.id).execute();
    const found = rows.find(({ hash }) => sessionId(hash) === id);
    if (found === undefined) throw new TiltmeterError('not_found', 'you have no such session');
    await trx.deleteFrom('sessions').where('hash', '=', found.hash).execute();
    await audit(ctx, trx, 'session.delete', ctx.actor.id, { session: id });
  });
}

/**
 * Signs somebody out everywhere; links that were made for them and not used are worth nothing from then on. Errors: not_allowed (somebody
 * else, and no admin), not_found.
 */
export async function endSessions(ctx: Ctx, user: string): Promise<void> {
  if (user !== ctx.actor.id) authorise(ctx.actor, 'admin');
  await ctx.ledger.transaction().execute(async (trx) => {
    const known = await trx.selectFrom('users').select('id').where('id', '=', user).executeTakeFirst();
    if (!known) throw new TiltmeterError('not_found', `there is no user ${user}`);
    const ended = await trx.deleteFrom('sessions').where('user', '=', user).executeTakeFirst();
    await trx.deleteFrom('login_links').where('user', '=', user).where('used_at', 'is', null).execute();
    await audit(ctx, trx, 'session.delete_all', user, { sessions: Number(ended.numDeletedRows) });
  });
}
