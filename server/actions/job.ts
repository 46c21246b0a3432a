import type { Job } from '../jobs/job.ts';
import { deliverDue } from './deliver.ts';

/** Sends what waits in the outbox. */
export const deliveriesJob: Job = { name: 'deliveries', scope: 'one', everyMs: 1_000, run: deliverDue };
