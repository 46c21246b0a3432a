import { inPieces, type Kept } from '../store/kept.ts';

/** What is over goes with its alerts and its timeline; what is open stays. */
export const KEPT_INCIDENTS: readonly Kept[] = [
  {
    name: 'incidents',
    title: 'Incidents that are over',
    store: 'ledger',
    days: null,
    least: 60,
    tables: ['incidents', 'incident_alerts', 'incident_events', 'incident_groups'],
    drop: ({ ledger }, before) =>
      inPieces(async (limit) => {
        const over = await ledger
          .selectFrom('incidents')
          .select('id')
          .where('status', '=', 'resolved')
          .where('resolved_at', '<', before)
          .orderBy('id')
          .limit(limit)
          .execute();
        if (over.length === 0) return 0;
        const ids = over.map(({ id }) => id);
        await ledger.transaction().execute(async (trx) => {
          await trx.deleteFrom('incident_events').where('incident', 'in', ids).execute();
          await trx.deleteFrom('incident_alerts').where('incident', 'in', ids).execute();
          await trx.deleteFrom('incident_groups').where('incident', 'in', ids).execute();
          await trx.deleteFrom('incidents').where('id', 'in', ids).execute();
        });
        return ids.length;
      }),
    async rows(ledger) {
      const { n } = await ledger
        .selectFrom('incidents')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
      return Number(n);
    },
  },
];
