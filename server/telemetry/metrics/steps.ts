export interface Steps {
  /** Epoch milliseconds, whole steps. */
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
}

const MOST_STEPS = 400;
/** Telemetry is not kept for longer, unless people say so: what is longer is asked for month by month. */
const LONGEST_MS = 31 * 86_400_000;

/**
 * A range in steps of whole buckets of the model, at most 400 of them; of a range of more than 31 days its end.
 * `stepsOf(0, 3_600_000, 60_000)` → { from: 0, to: 3_600_000, stepMs: 60_000 }
 */
export function stepsOf(from: number, to: number, bucketMs: number): Steps {
  const begin = Math.max(from, to - LONGEST_MS);
  const stepMs = Math.max(1, Math.ceil((to - begin) / bucketMs / MOST_STEPS)) * bucketMs;
  return { from: Math.floor(begin / stepMs) * stepMs, to: Math.ceil(to / stepMs) * stepMs, stepMs };
}

/** The condition on a point's time, from one step earlier: there counters are looked at for what they were before. */
export const WITHIN = `TimeUnix >= fromUnixTimestamp64Milli({from:Int64} - {step:Int64}, 'UTC') AND TimeUnix < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`;

/** Which step a point falls into. */
export const STEP = 'intDiv(toUnixTimestamp64Milli(TimeUnix), {step:Int64})';
