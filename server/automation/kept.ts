import { inPieces, type Kept } from '../store/kept.ts';

export const KEPT_ACTIONS: readonly Kept[] = [
  {
    name: 'action_runs',
    title: 'Actions that were begun or given up',
    store: 'ledger',
    days: 730,
    least: 31,
    tables: ['action_runs', 'action_tries'],
    /** What waits for a yes or a try stays. */
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
        await ledger.deleteFrom('action_tries').where('run', 'in', ids).execute();
        await ledger.deleteFrom('action_runs').where('id', 'in', ids).execute();
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
  {
    name: 'quarantines',
    title: 'Flags of what is not to be relied on that ended',
    store: 'ledger',
    days: 730,
    least: 1,
    tables: ['quarantines'],
    /** What stands stays. */
    drop: ({ ledger }, before) =>
      inPieces(async (limit) => {
        const ended = ledger
          .selectFrom('quarantines')
          .select('id')
          .where(({ eb, and, or }) =>
            or([eb('ended_at', '<', before), and([eb('ended_at', 'is', null), eb('until', '<', before)])]),
          )
          .limit(limit);
        const gone = await ledger
          .deleteFrom('quarantines')
          .where('id', 'in', ended)
          .executeTakeFirstOrThrow();
        return Number(gone.numDeletedRows);
      }),
    async rows(ledger) {
      const { n } = await ledger
        .selectFrom('quarantines')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
      return Number(n);
    },
  },
];
