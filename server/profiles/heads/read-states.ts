import type { Ctx } from '../../context.ts';
import type { ProfileHeadRow } from '../../store/ledger/schema.ts';

/** How the roll-up of a model stands. */
export type RollUpState = Pick<
  ProfileHeadRow,
  'model' | 'rolled_up_to' | 'labelled_to' | 'revision' | 'folded_at' | 'succeeded_at' | 'failure'
>;

/** How the roll-ups of all models stand; one that was never rolled up is absent. */
export function rollUpStates(ctx: Pick<Ctx, 'ledger'>): Promise<RollUpState[]> {
  return ctx.ledger
    .selectFrom('profile_heads')
    .select(['model', 'rolled_up_to', 'labelled_to', 'revision', 'folded_at', 'succeeded_at', 'failure'])
    .orderBy('model')
    .execute();
}
