import { random } from '../../stats/random.ts';
import { judgedTo } from '../alerts/judgements.ts';
import type { Ctx } from '../context.ts';
import type { ModelJob } from '../jobs/job.ts';
import { reviewedModels } from '../models/review.ts';
import { fillQueue } from './fill/fill.ts';
import { fills } from './fill/state.ts';

/** Puts predictions into the queues of models that have one, whenever a bucket is finished. */
export const reviewJob: ModelJob = {
  name: 'review',
  scope: 'model',
  everyMs: 10_000,
  workers: 1,
  async waiting(ctx, owned) {
    const mine = new Set(owned);
    const models = (await reviewedModels(ctx)).filter((model) => mine.has(model));
    if (models.length === 0) return [];
    const [judged, filled] = await Promise.all([judgedTo(ctx, models), fills(ctx, models)]);
    return models.filter((model) => (judged.get(model) ?? 0) > (filled.get(model) ?? 0));
  },
  run: (ctx, fence) => fillQueue(ctx, fence, random(seedOf(ctx))),
};

/** Nobody who sends predictions can know which are drawn. */
function seedOf({ ids }: Pick<Ctx, 'ids'>): number {
  return Buffer.from(ids.secret(), 'base64url').readUInt32LE(0);
}
