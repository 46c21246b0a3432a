import type { BucketSize } from '../buckets.ts';
import { headOf, TRAFFIC_BUCKETS } from '../heads/profile-head.ts';
import { chunkParams } from './plan.ts';
import { type StandingBucket, standingBuckets } from './queries/standing.ts';
import { monthOf, type Resizing } from './resize.ts';
import type { Run } from './run.ts';

const DAY = 86_400_000;

/**
 * The buckets with all their rows, and what their profiles count so far, after some rows came. New buckets and those that
 * the head tells need no look; of older ones rows may be gone.
 */
export async function standing(
  run: Run,
  fresh: readonly BucketSize[],
  look: 'where unknown' | 'everywhere',
): Promise<StandingBucket[]> {
  if (run.resizing !== null) return anew(run.resizing, fresh);
  const known = look === 'everywhere' ? () => undefined : knownCounts(run);
  const unknown = fresh.filter(({ bucket }) => known(bucket) === undefined).map(({ bucket }) => bucket);
  const looked =
    unknown.length === 0
      ? []
      : await run.ctx.lake.query<StandingBucket>(
          standingBuckets(run.table),
          chunkParams(run.model, { buckets: unknown }),
          { background: true },
        );
  const stored = new Map(looked.map((row) => [row.bucket, row]));
  const waiting = new Map(run.putOff.map(({ bucket, rows }) => [bucket, rows]));
  return fresh.map(({ bucket, rows }) => {
    const profiled = known(bucket);
    if (profiled === undefined) return stored.get(bucket) ?? { bucket, rows, profiled: 0 };
    return { bucket, rows: profiled + (waiting.get(bucket) ?? 0) + rows, profiled };
  });
}

/** Nothing is counted in buckets of the new length; the months that are not stored any more are left as they are. */
function anew({ lost }: Resizing, fresh: readonly BucketSize[]): StandingBucket[] {
  return fresh
    .filter(({ bucket }) => !lost.has(monthOf(bucket)))
    .map(({ bucket, rows }) => ({ bucket, rows, profiled: 0 }));
}

/**
 * How many predictions the profiles of a bucket count, where that is known without looking: none in a bucket after the
 * newest, and in the newest ones what the head says. Months before yesterday's may have been dropped: there one looks.
 */
function knownCounts({ head, now }: Run): (bucket: number) => number | undefined {
  const { traffic, bucket_ms } = headOf(head);
  const counts = new Map(traffic.map(({ time, n }) => [time, n]));
  const newest = traffic.at(-1)?.time ?? Number.NEGATIVE_INFINITY;
  const from = Math.max(keptFrom(now), newest - (TRAFFIC_BUCKETS - 1) * bucket_ms);
  return (bucket) => {
    if (head.last === null || bucket > head.last) return 0;
    return bucket >= from && bucket <= newest ? (counts.get(bucket) ?? 0) : undefined;
  };
}

/** Nothing of a bucket from here on was dropped: that is done by whole months, and nothing younger than a day goes. */
export function keptFrom(now: number): number {
  return monthOf(now - DAY);
}
