import type { Counts } from './counts.ts';
import { judgeable } from './judgeable.ts';
import type { Case } from './model-state.ts';
import type { Pass } from './pass.ts';
import { trafficSubject } from './subjects.ts';
import type { Watcher } from './watcher.ts';

/** How many predictions came, and when. */
export async function judgeTraffic(
  { model, plan }: Case,
  watchers: readonly Watcher[],
  counts: Counts,
  pass: Pass,
): Promise<void> {
  const firstBucket = Math.max(0, (plan.first - counts.start) / counts.bucketMs);
  const base = { ...counts, traffic: counts.of('_all') };
  const subject = trafficSubject(base, { live: plan.live, firstBucket });
  for (const watcher of watchers) await pass.take(judgeable(model, watcher, { subject, first: plan.first }));
}
