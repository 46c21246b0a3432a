import { idsGoingOn } from '../incidents/going-on.ts';
import { inPieces, type Kept } from '../store/kept.ts';

/**
 * What was delivered, or given up, is a log; what waits stays. So does what was told of an incident that goes on: by it is known who is told of
 * its end, and which steps of an escalation were taken.
 */
export const KEPT_MESSAGES: readonly Kept[] = [
  {
    name: 'messages',
    title: 'Messages that were sent or given up, of what is over',
    store: 'ledger',
    days: 90,
    least: 1,
    tables: ['outbox', 'escalated'],
    async drop({ ledger }, before) {
      const going = idsGoingOn(ledger);
      const messages = await inPieces(async (limit) => {
        const old = ledger
          .selectFrom('outbox')
          .select('id')
          .where('state', '!=', 'waiting')
          .where('created_at', '<', before)
          .where('incident', 'not in', going)
          .limit(limit);
        const gone = await ledger.deleteFrom('outbox').where('id', 'in', old).executeTakeFirstOrThrow();
        return Number(gone.numDeletedRows);
      });
      const steps = await inPieces(async (limit) => {
        const old = ledger
          .selectFrom('escalated')
          .select(['incident', 'waiting_since', 'step'])
          .where('at', '<', before)
          .where('incident', 'not in', going)
          .limit(limit);
        const gone = await ledger
          .deleteFrom('escalated')
          .where(({ eb, refTuple }) =>
            eb(
              refTuple('incident', 'waiting_since', 'step'),
              'in',
              old.$asTuple('incident', 'waiting_since', 'step'),
            ),
          )
          .executeTakeFirstOrThrow();
        return Number(gone.numDeletedRows);
      });
      return messages + steps;
    },
    async rows(ledger) {
      const { n } = await ledger
        .selectFrom('outbox')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
      return Number(n);
    },
  },
];

/** One that holds, or is to come, stays; what an ended one held for was told when it ended. */
export const KEPT_SILENCES: readonly Kept[] = [
  {
    name: 'silences',
    title: 'Silences and maintenance windows that are over',
    store: 'ledger',
    days: 730,
    least: 1,
    tables: ['silences'],
    drop: ({ ledger }, before) =>
      inPieces(async (limit) => {
        const over = ledger.selectFrom('silences').select('id').where('ends_at', '<', before).limit(limit);
        const gone = await ledger.deleteFrom('silences').where('id', 'in', over).executeTakeFirstOrThrow();
        return Number(gone.numDeletedRows);
      }),
    async rows(ledger) {
      const { n } = await ledger
        .selectFrom('silences')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
      return Number(n);
    },
  },
];
