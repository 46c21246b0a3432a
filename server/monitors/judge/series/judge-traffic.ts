import type { Case } from '../state/model-state.ts';
import type { Watcher } from '../state/watcher.ts';
import type { Counts } from '../windows/counts.ts';
import { trafficSubject } from '../windows/subjects.ts';
import { judgeable, type Pass } from './judgeable.ts';

/** How many predictions came, and when. */
export async function judgeTraffic(
  { model, plan, outages }: Case,
  watchers: readonly Watcher[],
  counts: Counts,
  pass: Pass,
): Promise<void> {
  const firstBucket = Math.max(0, (plan.first - counts.start) / counts.bucketMs);
  const base = { ...counts, traffic: counts.of('_all') };
  const subject = trafficSubject(base, { live: plan.live, firstBucket, outages });
  for (const watcher of watchers) await pass.take(judgeable(model, watcher, { subject, first: plan.first }));
}
