import { inPieces, type Kept } from '../store/kept.ts';

/** Runs of labelled sets. */
export const KEPT_HOLDS: readonly Kept[] = [
  {
    name: 'hold_runs',
    title: 'Runs of labelled sets through endpoints',
    store: 'ledger',
    days: 730,
    least: 30,
    drop: ({ ledger }, before) =>
      inPieces(async (limit) => {
        const old = ledger.selectFrom('hold_runs').select('id').where('at', '<', before).limit(limit);
        const { numDeletedRows } = await ledger
          .deleteFrom('hold_runs')
          .where('id', 'in', old)
          .executeTakeFirst();
        return Number(numDeletedRows);
      }),
    async rows(ledger) {
      const { n } = await ledger
        .selectFrom('hold_runs')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
      return Number(n);
    },
  },
];
