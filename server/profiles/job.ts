import type { Ctx } from '../context.ts';
import type { Job } from '../jobs/job.ts';
import { findModel } from '../models/find-model.ts';
import { adoptAutomaticReference } from './references/automatic.ts';
import { rollUp } from './roll-up.ts';

/** Keeps the profiles of every model up to date. A model that fails does not keep the others from theirs. */
export const profilesJob: Job = {
  name: 'profiles',
  everyMs: 5000,
  async run(ctx: Ctx) {
    const models = await ctx.ledger.selectFrom('models').select('id').orderBy('id').execute();
    for (const { id } of models) {
      try {
        // One lane: the other core belongs to senders, whose answers would wait for it.
        const { buckets } = await rollUp(ctx, id, 1);
        await adoptAutomaticReference(ctx, await findModel(ctx, id));
        if (buckets > 0) ctx.log.debug({ model: id, buckets }, 'rolled up');
      } catch (error) {
        ctx.log.warn({ model: id, err: error }, 'roll-up failed; it will be tried again');
      }
    }
  },
};
