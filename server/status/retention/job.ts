import type { Ctx } from '../../context.ts';
import type { SingleJob } from '../../jobs/job.ts';
import { allModels } from '../../models/find-model.ts';
import { dropMonthsBefore } from '../../store/lake/retention.ts';
import { daysOf, daysSet } from './days.ts';
import { KEPT, PREDICTIONS } from './kept.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Drops what is older than it is kept: predictions model by model, then everything else. What fails harms nothing beside it. */
export const retentionJob: SingleJob = {
  name: 'retention',
  scope: 'one',
  everyMs: HOUR_MS,
  async run(ctx) {
    const set = await daysSet(ctx);
    const otherwise = daysOf(set, { name: PREDICTIONS, days: null });
    for (const { table_name, retention_days } of await allModels(ctx)) {
      await ctx.turn();
      await drop(ctx, table_name, retention_days ?? otherwise, (before) =>
        dropMonthsBefore(ctx.lake, table_name, before).then((months) => months.length),
      );
    }
    for (const kept of KEPT) {
      await ctx.turn();
      await drop(ctx, kept.name, daysOf(set, kept), (before) => kept.drop(ctx, before));
    }
  },
};

async function drop(
  ctx: Ctx,
  name: string,
  days: number | null,
  remove: (before: number) => Promise<number>,
): Promise<void> {
  if (days === null) return;
  try {
    const dropped = await remove(ctx.clock() - days * DAY_MS);
    if (dropped > 0) ctx.log.info({ name, days, dropped }, 'what is older than it is kept was dropped');
  } catch (err) {
    ctx.log.error({ err, name, days }, 'what is older than it is kept was not dropped; it is tried again');
  }
}
