import { inPieces, type Kept } from '../store/kept.ts';

/** What was delivered, or given up, is a log; what waits stays. */
export const KEPT_MESSAGES: readonly Kept[] = [
  {
    name: 'messages',
    title: 'Messages that were sent or given up',
    store: 'ledger',
    days: 90,
    least: 1,
    tables: ['outbox', 'escalated'],
    drop: ({ ledger }, before) =>
      inPieces(async (limit) => {
        const old = await ledger
          .selectFrom('outbox')
          .select('id')
          .where('state', '!=', 'waiting')
          .where('created_at', '<', before)
          .orderBy('id')
          .limit(limit)
          .execute();
        if (old.length === 0) {
          await ledger.deleteFrom('escalated').where('at', '<', before).execute();
          return 0;
        }
        const ids = old.map(({ id }) => id);
        await ledger.deleteFrom('outbox').where('id', 'in', ids).execute();
        return ids.length;
      }),
    async rows(ledger) {
      const { n } = await ledger
        .selectFrom('outbox')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
      return Number(n);
    },
  },
];
