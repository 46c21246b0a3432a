import type { Ctx } from '../context.ts';
import type { Job } from '../jobs/job.ts';

/** For how long a request with an Idempotency-Key may be repeated. */
const REPEATABLE_MS = 7 * 86_400_000;

/** Removes the receipts of requests that nobody repeats any more. */
export const receiptsJob: Job = {
  name: 'receipts',
  scope: 'one',
  everyMs: 3_600_000,
  async run(ctx: Ctx) {
    const oldest = ctx.clock() - REPEATABLE_MS;
    await ctx.ledger.deleteFrom('idempotency').where('created_at', '<', oldest).execute();
  },
};
