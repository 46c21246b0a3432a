import { counted } from '../../../contract/counted.ts';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { RetentionChange } from '../../../contract/storage.ts';
import { audit } from '../../audit/audit.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { FOR_EVER } from './days.ts';
import { KEPT, PREDICTIONS } from './kept.ts';

/** Sets for how long something is kept. What is older goes within the hour. Errors: not_allowed, not_found, invalid_request. */
export async function changeRetention(ctx: Ctx, name: string, { days }: RetentionChange): Promise<void> {
  authorise(ctx.actor, 'admin');
  const least = name === PREDICTIONS ? 1 : KEPT.find((kept) => kept.name === name)?.least;
  if (least === undefined) throw new TiltmeterError('not_found', `nothing that is kept is called ${name}`);
  if (days !== null && days < least)
    throw new TiltmeterError('invalid_request', `${name} must be kept for at least ${counted(least, 'day')}`);
  const stored = days ?? FOR_EVER;
  await ctx.ledger.transaction().execute(async (trx) => {
    await trx
      .insertInto('retention')
      .values({ name, days: stored })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ days: stored }))
      .execute();
    await audit(ctx, trx, 'retention.change', name, { days });
  });
}
