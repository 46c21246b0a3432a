import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Ledger } from '../../store/ledger/schema.ts';

/** Whether somebody may take an item now: it is open, they have not been at it, and others have not all its places. As `refusal` says it. */
export function takeable(reviewer: string, now: number) {
  return (eb: ExpressionBuilder<Ledger, 'review_items'>): Expression<SqlBool> => {
    const turns = eb.selectFrom('review_turns').whereRef('review_turns.item', '=', 'review_items.id');
    const mine = turns
      .select('item')
      .where('reviewer', '=', reviewer)
      .where('review_turns.state', '!=', 'claimed');
    const others = turns
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('reviewer', '!=', reviewer)
      .where((of) =>
        of.or([of('review_turns.state', '!=', 'claimed'), of('until', 'is', null), of('until', '>', now)]),
      );
    return eb.and([
      eb('review_items.state', '=', 'open'),
      eb.not(eb.exists(mine)),
      eb(others, '<', eb.ref('review_items.wanted')),
    ]);
  };
}
