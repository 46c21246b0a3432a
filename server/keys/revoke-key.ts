import { TiltmeterError } from '../../contract/errors.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';

/** Ends a key at once; revoking it again changes nothing. Editors may end their own. Errors: not_found, not_allowed. */
export async function revokeKey(ctx: Ctx, id: string): Promise<void> {
  authorise(ctx.actor, 'write');
  await ctx.ledger.transaction().execute(async (trx) => {
    const key = await trx
      .selectFrom('keys')
      .select(['name', 'owner'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (!key) throw new TiltmeterError('not_found', `there is no key ${id}`);
    const own = ctx.actor.kind === 'user' && key.owner === ctx.actor.id;
    if (!own) authorise(ctx.actor, 'admin');
    const revoked = await trx
      .updateTable('keys')
      .set({ revoked_at: ctx.clock() })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    if (revoked.numUpdatedRows > 0n) await audit(ctx, trx, 'key.revoke', id, { name: key.name });
  });
}
