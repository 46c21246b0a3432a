import { deliveriesJob } from './actions/job.ts';
import { enqueue } from './actions/outbox.ts';
import { receiptsJob } from './events/forget-receipts.ts';
import { recordIncidents } from './incidents/respond.ts';
import type { Job } from './jobs/job.ts';
import { importanceJob } from './monitors/importance/job.ts';
import { monitorsJob } from './monitors/judge/job.ts';
import { profilesJob } from './profiles/job.ts';
import { inferTasks } from './profiles/task/job.ts';
import { retentionJob } from './status/retention-job.ts';
import { sessionsJob } from './users/forget-expired.ts';

/** Everything that runs by itself. A new area adds its line here. */
export const JOBS: readonly Job[] = [
  inferTasks,
  profilesJob,
  monitorsJob(recordIncidents(enqueue)),
  deliveriesJob,
  importanceJob,
  sessionsJob,
  receiptsJob,
  retentionJob,
];
