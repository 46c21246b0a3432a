import { inPieces, type Kept } from '../store/kept.ts';

/** Items of the queues of reviews, open or finished, and who looked at them. */
export const KEPT_REVIEWS: readonly Kept[] = [
  {
    name: 'review_items',
    title: 'Predictions that people should look at or did, and who did',
    store: 'ledger',
    days: 365,
    least: 7,
    tables: ['review_items', 'review_turns'],
    drop: ({ ledger }, before) =>
      inPieces(async (limit) => {
        const old = await ledger
          .selectFrom('review_items')
          .select('id')
          .where('created_at', '<', before)
          .limit(limit)
          .execute();
        const ids = old.map(({ id }) => id);
        if (ids.length > 0) {
          await ledger.deleteFrom('review_turns').where('item', 'in', ids).execute();
          await ledger.deleteFrom('review_items').where('id', 'in', ids).execute();
        }
        return ids.length;
      }),
    async rows(ledger) {
      const { n } = await ledger
        .selectFrom('review_items')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
      return Number(n);
    },
  },
];
