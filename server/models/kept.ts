import { inPieces, type Kept } from '../store/kept.ts';

/** That somebody was erased, when and by whom; what was asked is gone with it. One under way stays. */
export const KEPT_ERASURES: readonly Kept[] = [
  {
    name: 'erasures',
    title: 'Erasures that are done (when, by whom, how many rows)',
    store: 'ledger',
    days: 400,
    least: 1,
    tables: ['erasures'],
    drop: ({ ledger }, before) =>
      inPieces(async (limit) => {
        const old = await ledger
          .selectFrom('erasures')
          .select('id')
          .where('asked', 'is', null)
          .where('finished_at', '<', before)
          .orderBy('id')
          .limit(limit)
          .execute();
        if (old.length === 0) return 0;
        const ids = old.map(({ id }) => id);
        await ledger.deleteFrom('erasures').where('id', 'in', ids).execute();
        return ids.length;
      }),
    async rows(ledger) {
      const { n } = await ledger
        .selectFrom('erasures')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
      return Number(n);
    },
  },
];
