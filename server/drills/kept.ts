import { inPieces, type Kept } from '../store/kept.ts';

/** Drills that people keep. */
export const KEPT_DRILLS: readonly Kept[] = [
  {
    name: 'drills',
    title: 'Drills that were kept, with what became of each fault',
    store: 'ledger',
    days: 1095,
    least: 30,
    tables: ['drills'],
    drop: ({ ledger }, before) =>
      inPieces(async (limit) => {
        const old = await ledger
          .selectFrom('drills')
          .select('id')
          .where('created_at', '<', before)
          .limit(limit)
          .execute();
        const ids = old.map(({ id }) => id);
        if (ids.length > 0) await ledger.deleteFrom('drills').where('id', 'in', ids).execute();
        return ids.length;
      }),
    async rows(ledger) {
      const { n } = await ledger
        .selectFrom('drills')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
      return Number(n);
    },
  },
];
