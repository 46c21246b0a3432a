import type { Track } from '../../track.ts';
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
  const base = { ...counts, traffic: counts.of('_all') };
  const begins = Math.max(0, (plan.first - counts.start) / counts.bucketMs);
  // A segment may be younger than its model.
  const firstBucket = watchers[0]?.segment ? Math.max(begins, firstSeen(base)) : begins;
  const subject = trafficSubject(base, { live: plan.live, firstBucket, outages });
  for (const watcher of watchers) await pass.take(judgeable(model, watcher, { subject, first: plan.first }));
}

function firstSeen({ traffic, buckets }: Counts & { readonly traffic: Track }): number {
  let bucket = 0;
  while (bucket < buckets && traffic.total(bucket, bucket + 1) === 0) bucket++;
  return bucket;
}
