export interface Steps {
  /** Epoch milliseconds, whole steps. */
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Five minutes at least: most senders tell once a minute. */
const STEPS = [5, 15, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * MINUTE);
const MOST_STEPS = 200;
/** Telemetry is not kept for longer, unless people say so: what is longer is asked for month by month. */
const LONGEST_MS = 31 * 24 * HOUR;

/**
 * A range in whole steps, at most about 200 of them; of a range of more than 31 days its end. They are the range's own: a model that is judged once a day
 * has machines that are looked at by the minute. `stepsOf(0, 3_600_000)` → { from: 0, to: 3_600_000, stepMs: 300_000 }
 */
export function stepsOf(from: number, to: number): Steps {
  const begin = Math.max(from, to - LONGEST_MS);
  const stepMs = STEPS.find((step) => (to - begin) / step <= MOST_STEPS) ?? STEPS.at(-1)!;
  return { from: Math.floor(begin / stepMs) * stepMs, to: Math.ceil(to / stepMs) * stepMs, stepMs };
}

/** The condition on a point's time, from one step earlier: there counters are looked at for what they were before. */
export const WITHIN = `TimeUnix >= fromUnixTimestamp64Milli({from:Int64} - {step:Int64}, 'UTC') AND TimeUnix < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`;

/** Which step a point falls into. */
export const STEP = 'intDiv(toUnixTimestamp64Milli(TimeUnix), {step:Int64})';
