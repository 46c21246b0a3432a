import type { Ctx } from '../../context.ts';
import type { Job } from '../../jobs/job.ts';

/** For how long a request with an Idempotency-Key may be repeated. */
const REPEATABLE_MS = 7 * 86_400_000;
/** Receipts removed in one statement: SQLite stops the event loop for as long as one takes. */
const PIECE = 2_000;

/** Removes the receipts of requests that nobody repeats any more. */
export const receiptsJob: Job = {
  name: 'receipts',
  scope: 'one',
  everyMs: 3_600_000,
  async run(ctx: Ctx) {
    const oldest = ctx.clock() - REPEATABLE_MS;
    for (;;) {
      const { numDeletedRows } = await ctx.ledger
        .deleteFrom('idempotency')
        .where('id', 'in', (eb) =>
          eb.selectFrom('idempotency').select('id').where('created_at', '<', oldest).limit(PIECE),
        )
        .executeTakeFirst();
      if (Number(numDeletedRows) < PIECE) return;
      await ctx.turn();
    }
  },
};
