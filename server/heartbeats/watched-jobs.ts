import { TiltmeterError } from '../../contract/errors.ts';
import type { JobSettings, WatchedJob } from '../../contract/heartbeat.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { jobOf } from './job-row.ts';

/** All jobs by name. */
export async function listJobs(ctx: Ctx): Promise<{ items: WatchedJob[]; next_cursor: null }> {
  authorise(ctx.actor, 'read');
  const rows = await ctx.ledger.selectFrom('heartbeats').selectAll().orderBy('job').execute();
  return { items: rows.map((row) => jobOf(row, ctx.settings.startedAt, ctx.clock())), next_cursor: null };
}

/** Says what is expected of a job. Errors: not_allowed, not_found. */
export async function changeJob(ctx: Ctx, job: string, settings: JobSettings): Promise<WatchedJob> {
  authorise(ctx.actor, 'write');
  return ctx.ledger.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable('heartbeats')
      .set({ settings: JSON.stringify(settings), updated_at: ctx.clock() })
      .where('job', '=', job)
      .returningAll()
      .executeTakeFirst();
    if (row === undefined)
      throw new TiltmeterError('not_found', `No job called ${job} has said anything yet`);
    await audit(ctx, trx, 'job.change', job, { ...settings });
    return jobOf(row, ctx.settings.startedAt, ctx.clock());
  });
}

/** Watches a job no more; when it says something again it is new. Errors: not_allowed, not_found. */
export async function deleteJob(ctx: Ctx, job: string): Promise<void> {
  authorise(ctx.actor, 'write');
  await ctx.ledger.transaction().execute(async (trx) => {
    const gone = await trx.deleteFrom('heartbeats').where('job', '=', job).executeTakeFirst();
    if (gone.numDeletedRows === 0n) throw new TiltmeterError('not_found', `There is no job called ${job}`);
    await audit(ctx, trx, 'job.delete', job);
  });
}
