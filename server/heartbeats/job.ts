import type { JobVerdict } from '../../contract/heartbeat.ts';
import type { Cause, Priority } from '../../contract/incident.ts';
import type { Announce } from '../incidents/announce.ts';
import { pipeline_failure } from '../incidents/causes/pipeline_failure.ts';
import { type OwnIncident, tellOwn } from '../incidents/own.ts';
import { requireFence } from '../jobs/fence.ts';
import type { SingleJob } from '../jobs/job.ts';
import { judgedOf } from './job-row.ts';

/** What people are told of, and how urgent it is; what only shrank is looked at when there is time. */
const TROUBLES: Partial<Record<JobVerdict, Priority>> = {
  failed: 'P2',
  hanging: 'P2',
  late: 'P2',
  shrunk: 'P3',
};

/** The job said so itself, or nothing: there is no other cause to weigh. */
const failureOf = (job: string, sentence: string, verdict: JobVerdict): Cause => ({
  kind: pipeline_failure.kind,
  column: '',
  confidence: pipeline_failure.trust,
  sentence: `The job ${job} ${sentence}.`,
  advice: pipeline_failure.advice,
  evidence: [
    { name: 'job', value: job },
    { name: 'verdict', value: verdict },
  ],
});

/** Makes an incident of each job that failed, hangs, is late or shrank, and resolves it when the job does well again. */
export function heartbeatsJob(announce: Announce): SingleJob {
  return {
    name: 'heartbeats',
    scope: 'one',
    everyMs: 10_000,
    async run(ctx, fence) {
      await ctx.ledger.transaction().execute(async (trx) => {
        await requireFence(trx, fence);
        const rows = await trx.selectFrom('heartbeats').selectAll().orderBy('job').execute();
        const own = rows.flatMap((row): OwnIncident[] => {
          const { verdict, since, sentence } = judgedOf(row, ctx.settings.startedAt, ctx.clock());
          const priority = TROUBLES[verdict];
          if (priority === undefined) return [];
          return [
            {
              key: row.job,
              model: row.model ?? '',
              priority,
              title: `The job ${row.job} ${sentence}`,
              since,
              causes: [failureOf(row.job, sentence, verdict)],
            },
          ];
        });
        await tellOwn(ctx, trx, own, announce, 'heartbeat/');
      });
    },
  };
}
