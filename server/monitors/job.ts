import type { Ctx } from '../context.ts';
import type { Job } from '../jobs/job.ts';
import type { Respond } from './decided.ts';
import { evaluate } from './evaluate.ts';

/** Judges what became complete, of every model. A model that fails does not keep the others from theirs. */
export function monitorsJob(respond: Respond): Job {
  return {
    name: 'monitors',
    everyMs: 5_000,
    async run(ctx: Ctx) {
      const models = await ctx.ledger.selectFrom('models').select('id').orderBy('id').execute();
      for (const { id } of models) {
        try {
          const { buckets, points } = await evaluate(ctx, id, respond);
          if (buckets > 0) ctx.log.debug({ model: id, buckets, points }, 'judged');
        } catch (err) {
          ctx.log.warn({ model: id, err }, 'judging failed; it is repeated');
        }
      }
    },
  };
}
