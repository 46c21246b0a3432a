import type { Ctx } from '../../context.ts';
import type { ProfileHeadRow } from '../../store/ledger/schema.ts';
import { type ProfileHead, rewritesOf } from './profile-head.ts';

/** How the roll-up of a model stands. */
export type RollUpState = Pick<
  ProfileHeadRow,
  | 'model'
  | 'rolled_up_to'
  | 'labelled_to'
  | 'outcomes_to'
  | 'sent_to'
  | 'revision'
  | 'folded_at'
  | 'succeeded_at'
  | 'failure'
> &
  Pick<ProfileHead, 'rewrites'>;

/** How the roll-ups of all models stand; one that was never rolled up is absent. */
export async function rollUpStates(ctx: Pick<Ctx, 'ledger'>): Promise<RollUpState[]> {
  const rows = await ctx.ledger
    .selectFrom('profile_heads')
    .select(['model', 'rolled_up_to', 'labelled_to', 'outcomes_to', 'sent_to', 'revision', 'folded_at'])
    .select(['succeeded_at', 'failure', 'rewrites'])
    .orderBy('model')
    .execute();
  return rows.map((row) => ({ ...row, rewrites: rewritesOf(row) }));
}
