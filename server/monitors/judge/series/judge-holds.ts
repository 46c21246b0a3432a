import type { Ctx } from '../../../context.ts';
import { METRIC_OF } from '../../../holds/hold-row.ts';
import { readHistory } from '../../../holds/read-hold.ts';
import type { Case } from '../state/model-state.ts';
import type { Watcher } from '../state/watcher.ts';
import type { Counts } from '../windows/counts.ts';
import { judgeable, type Pass } from './judgeable.ts';

/** What the labelled set of the model showed by the end of each bucket; nothing of a model without one. */
export async function judgeHolds(
  ctx: Pick<Ctx, 'ledger'>,
  { model, plan }: Case,
  watchers: readonly Watcher[],
  { start, bucketMs, of }: Counts,
  pass: Pass,
): Promise<void> {
  if (watchers.length === 0) return;
  const history = await readHistory(ctx, model.id, pass);
  if (history === null) return;
  const subject = {
    ...({ source: 'holds', start, bucketMs, traffic: of('_all') } as const),
    ...{ live: plan.live, history },
  };
  const { id: metric } = METRIC_OF[history.task];
  for (const watcher of watchers)
    await pass.take(judgeable(model, watcher, { subject, first: plan.first, metric }));
}
