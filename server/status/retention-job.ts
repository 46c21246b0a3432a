import type { Ctx } from '../context.ts';
import type { Job } from '../jobs/job.ts';
import { allModels } from '../models/find-model.ts';
import { dropMonthsBefore } from '../store/lake/retention.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Refused events are there to be repaired, which nobody does after a season. */
const REJECTS_DAYS = 90;

/** Drops whole months of predictions that are older than their model keeps them, and old rejects. */
export const retentionJob: Job = {
  name: 'retention',
  scope: 'one',
  everyMs: HOUR_MS,
  async run(ctx) {
    await drop(ctx, 'rejects', REJECTS_DAYS);
    for (const { table_name, retention_days } of await allModels(ctx))
      if (retention_days !== null) await drop(ctx, table_name, retention_days);
  },
};

async function drop(ctx: Ctx, table: string, days: number): Promise<void> {
  const months = await dropMonthsBefore(ctx.lake, table, ctx.clock() - days * DAY_MS);
  if (months.length > 0) ctx.log.info({ table, months }, 'months beyond retention were dropped');
}
