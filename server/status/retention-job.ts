import type { Ctx } from '../context.ts';
import type { Job } from '../jobs/job.ts';
import { dropMonthsBefore } from '../store/lake/retention.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Refused events are there to be repaired, which nobody does after a season. */
const REJECTS_DAYS = 90;

/** Drops whole months of predictions that are older than their model keeps them, and old rejects. */
export const retentionJob: Job = {
  name: 'retention',
  everyMs: HOUR_MS,
  async run(ctx) {
    await drop(ctx, 'rejects', REJECTS_DAYS);
    const models = await ctx.ledger
      .selectFrom('models')
      .select(['table_name', 'retention_days'])
      .where('retention_days', 'is not', null)
      .execute();
    for (const { table_name, retention_days } of models) await drop(ctx, table_name, retention_days!);
  },
};

async function drop(ctx: Ctx, table: string, days: number): Promise<void> {
  const months = await dropMonthsBefore(ctx.lake, table, ctx.clock() - days * DAY_MS);
  if (months.length > 0) ctx.log.info({ table, months }, 'months beyond retention were dropped');
}
