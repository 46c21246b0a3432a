import { firingOf } from '../../alerts/read-states.ts';
import type { Ctx } from '../../context.ts';
import { type Fence, requireFence } from '../../jobs/fence.ts';
import type { ModelJob } from '../../jobs/job.ts';
import { findModel } from '../../models/find-model.ts';
import { profileHead, profileHeads } from '../../profiles/heads/read-heads.ts';
import { KINDS } from '../kinds/index.ts';
import { due, searched } from './due.ts';
import { findLosing, type Search } from './find-losing.ts';
import { keepSlices, readSlices } from './keep.ts';
import { slicesInProcess } from './process.ts';

/** Kinds that alarm when answers have become worse. */
const HARM = KINDS.filter(({ harm }) => harm === 'quality').map(({ id }) => id);

/**
 * Looks for the slices of each model that lose most: once a day, and when its quality falls, then since it fell. An incident tells what
 * was found.
 */
export const slicesJob = (search: Search = slicesInProcess): ModelJob => ({
  name: 'slices',
  scope: 'model',
  everyMs: 60_000,
  // A search takes seconds of a processor.
  workers: 1,
  async waiting(ctx, owned) {
    const [heads, kept, fell] = await Promise.all([
      profileHeads(ctx, owned),
      readSlices(ctx, owned),
      firingOf(ctx, owned, HARM),
    ]);
    const now = ctx.clock();
    return owned.filter((model) => {
      const labels = heads.get(model)?.labels ?? 0;
      return due({ labels, fell: fell.get(model) ?? 0 }, kept.get(model), now);
    });
  },
  run: (ctx, fence) => look(ctx, fence, search),
});

async function look(ctx: Ctx, fence: Fence, search: Search): Promise<void> {
  const model = await findModel(ctx, fence.name);
  const newest = (await profileHead(ctx, model.id))?.newest_event ?? null;
  if (newest === null) return;
  const fell = (await firingOf(ctx, [model.id], HARM)).get(model.id) ?? 0;
  const range = searched({ newest, fell, windowMs: model.window_ms });
  const found = await findLosing(ctx, model, range, search);
  await ctx.ledger.transaction().execute(async (trx) => {
    await requireFence(trx, fence);
    await keepSlices(trx, {
      ...{ model: model.id, tried_at: ctx.clock(), alerted: fell },
      ...{ range_from: range.from, range_to: range.to, found: JSON.stringify(found) },
    });
  });
}
