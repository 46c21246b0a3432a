import { enqueue } from './actions/outbox/enqueue.ts';
import { receiptsJob } from './events/forget-receipts.ts';
import { recordIncidents } from './incidents/respond.ts';
import type { Job, ModelJob } from './jobs/job.ts';
import { findModel } from './models/find-model.ts';
import { importanceJob } from './monitors/importance/job.ts';
import { judgeModel } from './monitors/judge/job.ts';
import { adoptAutomaticReference } from './profiles/references/automatic.ts';
import { rollUp } from './profiles/roll-up.ts';
import { inferTasks } from './profiles/task/job.ts';
import { retentionJob } from './status/retention/job.ts';
import { sessionsJob } from './users/forget-expired.ts';

/**
 * What is done for each model: its profiles are brought up to date, then what has become complete is judged. One job,
 * so that nothing is judged in the middle of a roll-up.
 */
function modelsJob(): ModelJob {
  const judge = judgeModel(recordIncidents(enqueue));
  return {
    name: 'models',
    scope: 'model',
    everyMs: 5_000,
    waiting: async (_ctx, owned) => owned,
    async run(ctx, { name }) {
      const { buckets } = await rollUp(ctx, name, 1);
      if (buckets > 0) ctx.log.debug({ model: name, buckets }, 'rolled up');
      await ctx.turn();
      await adoptAutomaticReference(ctx, await findModel(ctx, name));
      await judge(ctx, name, buckets > 0);
    },
  };
}

/** Everything that runs by itself. A new area adds its line here. */
export function createJobs(): readonly Job[] {
  return [inferTasks, modelsJob(), importanceJob, sessionsJob, receiptsJob, retentionJob];
}
