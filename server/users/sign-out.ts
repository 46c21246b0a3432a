import { audit } from '../audit/audit.ts';
import type { Ctx } from '../context.ts';
import { secretHash } from '../secrets.ts';

/** Ends the session of this cookie; without one it changes nothing. */
export async function signOut(ctx: Ctx, secret: string): Promise<void> {
  await ctx.ledger.transaction().execute(async (trx) => {
    const ended = await trx.deleteFrom('sessions').where('hash', '=', secretHash(secret)).executeTakeFirst();
    if (ended.numDeletedRows > 0n) await audit(ctx, trx, 'session.delete', ctx.actor.id);
  });
}
