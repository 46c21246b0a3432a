import { escalationJob } from './actions/escalation/job.ts';
import { enqueue } from './actions/outbox/enqueue.ts';
import { enqueueAuditHead } from './actions/outbox/enqueue-audit-head.ts';
import { repeatsJob } from './actions/outbox/repeats.ts';
import { silencesJob } from './actions/silences/job.ts';
import { auditHeadJob } from './audit/head.ts';
import { actionsJob, flagsJob, outcomesJob } from './automation/job.ts';
import type { Flags } from './automation/quarantine/flags.ts';
import { askForVerdict } from './automation/runs/ask-due.ts';
import { digestsJob } from './digests/job.ts';
import { newestArrivals } from './events/arrivals.ts';
import type { Ingest } from './events/ingest.ts';
import { receiptsJob } from './events/write/forget-receipts.ts';
import { verdictsJob } from './fleet/verdict/job.ts';
import { heartbeatsJob } from './heartbeats/job.ts';
import { holdsJob } from './holds/job.ts';
import { incidentsJob } from './incidents/job.ts';
import { pricesJob } from './incidents/loss/prices-job.ts';
import type { Job, ModelJob } from './jobs/job.ts';
import { type MlflowSettings, mlflowJob } from './mlflow/job.ts';
import type { Schemas } from './models/columns/schemas.ts';
import { viewsJob } from './models/columns/views-job.ts';
import { findModel } from './models/find-model.ts';
import { unwatchColumns } from './monitors/configure/unwatch.ts';
import { signalHeadsJob } from './monitors/heads-job.ts';
import { importanceJob } from './monitors/importance/job.ts';
import { judgeModel, modelsToJudge } from './monitors/judge/job.ts';
import { slicesJob } from './monitors/slices/job.ts';
import { recogniseColumns } from './profiles/recognise/recognise-columns.ts';
import { adoptAutomaticReference } from './profiles/references/automatic.ts';
import { AT_ONCE, busyModels, paceOf } from './profiles/roll-up/pace.ts';
import { rollUp } from './profiles/roll-up/roll-up.ts';
import { modelsToRollUp } from './profiles/roll-up/waiting.ts';
import { taskJob } from './profiles/task/job.ts';
import { reviewJob } from './review/job.ts';
import { erasuresJob } from './settings/erasures-job.ts';
import { removalsJob } from './settings/removals-job.ts';
import { retentionJob } from './status/retention/job.ts';
import { watchJob } from './status/watch/job.ts';
import { scrapeJob } from './telemetry/scrape/job.ts';
import type { Scraper } from './telemetry/scrape/scraper.ts';
import { sessionsJob } from './users/forget-expired.ts';

type Wake = (job: string) => void;

/** What jobs need beside the context. */
export interface JobNeeds {
  readonly ingest: Pick<Ingest, 'counters' | 'surplus'>;
  readonly schemas: Schemas;
  readonly flags: Flags;
  readonly scraper?: Scraper | undefined;
  readonly mlflow?: MlflowSettings | undefined;
}

/**
 * What is done for each model: its profiles are brought up to date, then what has become complete is judged. One job,
 * so that nothing is judged in the middle of a roll-up.
 */
function modelsJob(wake: Wake): ModelJob {
  let pace = AT_ONCE;
  return {
    name: 'models',
    scope: 'model',
    // the lake runs as many statements as it may; what these store goes together
    workers: 12,
    everyMs: 5_000,
    async waiting(ctx, owned) {
      const newest = await newestArrivals(ctx);
      pace = paceOf(busyModels(newest, owned, ctx.clock()));
      const toRollUp = await modelsToRollUp(ctx, owned, pace, newest);
      return [...new Set([...toRollUp, ...(await modelsToJudge(ctx, owned))])];
    },
    async run(ctx, fence) {
      const { name } = fence;
      const { buckets, gathering } = await rollUp(ctx, name, { fence, pace });
      if (buckets > 0) ctx.log.debug({ model: name, buckets }, 'rolled up');
      await ctx.turn();
      const model = await findModel(ctx, name);
      if ((await recogniseColumns(ctx, model)).length > 0) await unwatchColumns(ctx, name);
      await adoptAutomaticReference(ctx, model);
      const due = (await modelsToJudge(ctx, [name])).length > 0;
      // What is judged is judged by every label that has come.
      if (due && gathering) await rollUp(ctx, name, { fence });
      if (due && (await judgeModel(ctx, fence))) wake('incidents');
    },
  };
}

/**
 * Everything that runs by itself. A new area adds its line here. `wake` calls a job before its time, so that a stage does
 * not wait for the tick of the next one.
 */
export function createJobs(
  wake: Wake,
  { ingest, schemas, flags, scraper, mlflow }: JobNeeds,
): readonly Job[] {
  return [
    taskJob(),
    modelsJob(wake),
    incidentsJob(enqueue),
    pricesJob(enqueue),
    reviewJob,
    holdsJob,
    importanceJob,
    slicesJob(),
    verdictsJob(askForVerdict),
    signalHeadsJob(),
    sessionsJob,
    auditHeadJob(enqueueAuditHead),
    repeatsJob,
    ...(mlflow === undefined ? [] : [mlflowJob(mlflow, schemas)]),
    heartbeatsJob(enqueue),
    silencesJob(enqueue),
    escalationJob,
    digestsJob,
    actionsJob,
    outcomesJob,
    flagsJob(flags),
    receiptsJob,
    retentionJob,
    removalsJob,
    viewsJob(),
    erasuresJob(schemas.protections),
    watchJob(ingest, enqueue),
    ...(scraper === undefined ? [] : [scrapeJob(scraper)]),
  ];
}
