import type { Job, SingleJob } from '../jobs/job.ts';
import type { Flags } from './quarantine/flags.ts';
import { askForIncidents } from './runs/ask-due.ts';
import { beginDue } from './runs/begin.ts';
import { followOutcomes } from './runs/follow-outcomes.ts';

/** Asks for what incidents make due, and begins what somebody said yes to. */
export const actionsJob: SingleJob = {
  name: 'actions',
  scope: 'one',
  everyMs: 5_000,
  async run(ctx, fence) {
    await askForIncidents(ctx, fence);
    await beginDue(ctx, fence);
  },
};

/** What came of what was begun. */
export const outcomesJob: SingleJob = {
  name: 'action-outcomes',
  scope: 'one',
  everyMs: 60_000,
  run: followOutcomes,
};

/** Keeps what is flagged in the memory of each server, whoever flagged it. */
export function flagsJob(flags: Flags): Job {
  return {
    name: 'quarantine',
    scope: 'server',
    everyMs: 1_000,
    run: async () => void (await flags.refresh()),
  };
}
