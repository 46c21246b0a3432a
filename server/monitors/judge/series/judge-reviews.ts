import type { Ctx } from '../../../context.ts';
import { readWaited } from '../../../review/backlog.ts';
import type { Case } from '../state/model-state.ts';
import type { Watcher } from '../state/watcher.ts';
import type { Counts } from '../windows/counts.ts';
import { judgeable, type Pass } from './judgeable.ts';

/** What waited for people at the end of each bucket. */
export async function judgeReviews(
  ctx: Pick<Ctx, 'ledger'>,
  { model, plan }: Case,
  watchers: readonly Watcher[],
  { start, bucketMs, of }: Counts,
  pass: Pass,
): Promise<void> {
  if (watchers.length === 0) return;
  const waited = await readWaited(ctx, model.id, pass);
  const subject = {
    source: 'reviews',
    start,
    bucketMs,
    traffic: of('_all'),
    live: plan.live,
    waited,
  } as const;
  for (const watcher of watchers) await pass.take(judgeable(model, watcher, { subject, first: plan.first }));
}
