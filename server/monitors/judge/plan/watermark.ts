/** What is known of a model's stream of predictions when the monitors look at it. Epoch milliseconds. */
export interface Stream {
  /** Everything that arrived before this moment is in the profiles. */
  readonly now: number;
  readonly bucketMs: number;
  /** Newest event time in the profiles, apart from rows dated ahead of their arrival; null before the first. */
  readonly newestEvent: number | null;
  /** When the newest row arrived. */
  readonly lastReceived: number;
}

export type WatermarkReason = 'no_events' | 'event_time' | 'idle';

export interface Watermark {
  /** Buckets that end at or before this event time are complete. A multiple of the bucket. */
  readonly completeTo: number;
  readonly reason: WatermarkReason;
  /** Event time follows the wall clock; false for a replay of the past. */
  readonly live: boolean;
}

/** How long after its end a bucket may still fill: a tenth of the bucket, at least a minute. */
export function grace(bucketMs: number): number {
  return Math.max(60_000, bucketMs / 10);
}

/**
 * Up to which event time buckets are complete, so that a half-filled one is never judged.
 * A bucket is complete when events a grace period newer than its end were seen (a replay of the past is judged in
 * order as it fills), or when its end and grace passed on the wall clock and nothing arrived for as long (a stream
 * that stopped still closes). Events ahead of the wall clock do not push the watermark past it.
 * `watermark({ now, bucketMs: 3_600_000, newestEvent: 10:07, lastReceived: 10:07 })` → completeTo 10:00
 */
export function watermark({ now, bucketMs, newestEvent, lastReceived }: Stream): Watermark {
  if (newestEvent === null) return { completeTo: 0, reason: 'no_events', live: false };
  const wait = grace(bucketMs);
  const newest = Math.min(newestEvent, now);
  const live = lastReceived - newest <= Math.max(bucketMs, 900_000);
  const byEvents = floor(newest - wait, bucketMs);
  if (now - lastReceived < wait) return { completeTo: byEvents, reason: 'event_time', live };
  const byClock = floor(now - wait, bucketMs);
  const byIdleness = live ? byClock : Math.min(byClock, floor(newest, bucketMs) + bucketMs);
  return byIdleness > byEvents
    ? { completeTo: byIdleness, reason: 'idle', live }
    : { completeTo: byEvents, reason: 'event_time', live };
}

/**
 * The moment at which the bucket after `judgedTo` is complete although nothing comes any more; null when only events can
 * complete it.
 */
export function dueAt(stream: Omit<Stream, 'now'>, judgedTo: number): number | null {
  const { bucketMs, newestEvent, lastReceived } = stream;
  const wait = grace(bucketMs);
  const idle = Math.max(lastReceived, judgedTo + bucketMs) + wait;
  const ahead = newestEvent !== null && newestEvent >= judgedTo + bucketMs + wait;
  const moment = ahead ? judgedTo + bucketMs + wait : idle;
  return watermark({ ...stream, now: moment }).completeTo > judgedTo ? moment : null;
}

function floor(time: number, step: number): number {
  return Math.floor(time / step) * step;
}
