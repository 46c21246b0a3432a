import type { SingleJob } from '../jobs/job.ts';
import { modelIds } from '../models/list-ids.ts';
import { seedHeads } from '../signals/heads/keep-head.ts';
import { inBackground } from '../store/lake/background.ts';
import { headlineOf } from './kinds/index.ts';

/**
 * After an upgrade: what the fleet shows of models that an older version has judged, also of those that are quiet now. Once
 * it is done there is nothing more to do.
 */
export function signalHeadsJob(): SingleJob {
  let done = false;
  return {
    name: 'signal-heads',
    scope: 'one',
    everyMs: 60_000,
    async run(ctx) {
      if (done) return;
      const made = await seedHeads({ ...ctx, lake: inBackground(ctx.lake) }, await modelIds(ctx), headlineOf);
      if (made > 0) ctx.log.debug({ models: made }, 'heads of signals were made');
      done = true;
    },
  };
}
