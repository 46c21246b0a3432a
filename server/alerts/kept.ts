import { inPieces, type Kept } from '../store/kept.ts';

/** The newest decision of an alert stays: it says since when the alert is as it is. */
export const KEPT_DECISIONS: readonly Kept[] = [
  {
    name: 'decisions',
    title: 'Decisions about alerts',
    store: 'ledger',
    days: 400,
    least: 60,
    tables: ['alert_transitions'],
    drop: ({ ledger }, before) =>
      inPieces(async (limit) => {
        const old = await ledger
          .selectFrom('alert_transitions as old')
          .select('old.seq')
          .where('old.at', '<', before)
          .where((eb) =>
            eb.exists(
              eb
                .selectFrom('alert_transitions as newer')
                .select('newer.seq')
                .whereRef('newer.alert', '=', 'old.alert')
                .whereRef('newer.seq', '>', 'old.seq'),
            ),
          )
          .orderBy('old.seq')
          .limit(limit)
          .execute();
        if (old.length === 0) return 0;
        const seqs = old.map(({ seq }) => seq);
        await ledger.deleteFrom('alert_transitions').where('seq', 'in', seqs).execute();
        return seqs.length;
      }),
    async rows(ledger) {
      const { n } = await ledger
        .selectFrom('alert_transitions')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
      return Number(n);
    },
  },
];
