import { TiltmeterError } from '../../../contract/errors.ts';
import type { Silence } from '../../../contract/silence.ts';
import { audit } from '../../audit/audit.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { silenceOf } from './silence-row.ts';

/** Ends a silence now; what it held for and goes on is told then. It stays listed as over. Errors: not_allowed, not_found. */
export async function endSilence(ctx: Ctx, id: string): Promise<Silence> {
  authorise(ctx.actor, 'write');
  return ctx.ledger.transaction().execute(async (trx) => {
    const now = ctx.clock();
    const known = await trx.selectFrom('silences').selectAll().where('id', '=', id).executeTakeFirst();
    if (known === undefined) throw new TiltmeterError('not_found', 'There is no such silence');
    const ends_at = Math.min(known.ends_at, now);
    await trx.updateTable('silences').set({ ends_at }).where('id', '=', id).execute();
    await audit(ctx, trx, 'silence.end', id, { comment: known.comment });
    return silenceOf({ ...known, ends_at }, now);
  });
}
