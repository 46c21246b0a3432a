import type { Ctx } from '../context.ts';
import type { Job } from '../jobs/job.ts';

const DAY_MS = 86_400_000;

/** Removes sessions and sign-in links that let nobody in any more; both were refused since they ran out. */
export async function forgetExpired(ctx: Ctx): Promise<void> {
  const now = ctx.clock();
  await ctx.ledger.deleteFrom('sessions').where('expires_at', '<=', now).execute();
  await ctx.ledger
    .deleteFrom('login_links')
    .where('expires_at', '<=', now - DAY_MS)
    .execute();
}

export const sessionsJob: Job = { name: 'sessions', scope: 'one', everyMs: 3_600_000, run: forgetExpired };
