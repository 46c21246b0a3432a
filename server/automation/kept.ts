import { inPieces, type Kept } from '../store/kept.ts';

/** Times that actions were due, their tries, and flags that ended; what waits, is followed or stands stays. */
export const KEPT_ACTIONS: readonly Kept[] = [
  {
    name: 'action_runs',
    title: 'Actions that were begun or given up, and flags that ended',
    store: 'ledger',
    days: 730,
    least: 31,
    tables: ['action_runs', 'action_tries', 'quarantines'],
    drop: ({ ledger }, before) =>
      inPieces(async (limit) => {
        const old = await ledger
          .selectFrom('action_runs')
          .select('id')
          .where('state', 'not in', ['asked', 'waiting'])
          .where('asked_at', '<', before)
          .limit(limit)
          .execute();
        const ids = old.map(({ id }) => id);
        if (ids.length > 0) {
          await ledger.deleteFrom('action_tries').where('run', 'in', ids).execute();
          await ledger.deleteFrom('action_runs').where('id', 'in', ids).execute();
        } else {
          const over = ledger.deleteFrom('quarantines').where('since', '<', before);
          await over.where((eb) => eb.or([eb('ended_at', '<', before), eb('until', '<', before)])).execute();
        }
        return ids.length;
      }),
    async rows(ledger) {
      const { n } = await ledger
        .selectFrom('action_runs')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
      return Number(n);
    },
  },
];
