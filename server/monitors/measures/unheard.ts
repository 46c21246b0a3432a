import type { TrafficSubject } from '../subject.ts';

/** From this share on what came in a stretch says nothing about what was sent. */
const SHARE = 0.1;

/** Whether no server listened for a tenth or more of the buckets from `from` to `to` − 1: too little says nothing then. */
export function unheard(
  { start, bucketMs, outages }: Pick<TrafficSubject, 'start' | 'bucketMs' | 'outages'>,
  from: number,
  to: number,
): boolean {
  const [begin, end] = [start + from * bucketMs, start + to * bucketMs];
  const missed = outages.reduce(
    (sum, outage) => sum + Math.max(0, Math.min(outage.to, end) - Math.max(outage.from, begin)),
    0,
  );
  return missed > 0 && missed >= SHARE * (end - begin);
}
