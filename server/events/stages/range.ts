import { epochMs, type TimeInput } from '../../../contract/time.ts';

const DAY_MS = 86_400_000;
/** What is longer is asked for month by month. */
const LONGEST_MS = 31 * DAY_MS;
const MINUTE_MS = 60_000;
/** Whole minutes, at most so many steps of a range. */
const STEPS = [1, 5, 15, 60, 360, 1440].map((minutes) => minutes * MINUTE_MS);
const MOST_STEPS = 60;

export interface StageRange {
  /** Epoch milliseconds, whole steps. */
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
}

/** A range in whole steps: the last day unless said otherwise, of more than 31 days its end. Pure. */
export function stageRange(
  { from, to }: { readonly from?: TimeInput | undefined; readonly to?: TimeInput | undefined },
  now: number,
  usualMs = DAY_MS,
): StageRange {
  const end = to === undefined ? now : epochMs(to);
  const asked = from === undefined ? end - usualMs : epochMs(from);
  const begin = Math.max(Math.min(asked, end - 1), end - LONGEST_MS);
  const stepMs = STEPS.find((step) => (end - begin) / step <= MOST_STEPS) ?? STEPS.at(-1)!;
  return { from: Math.floor(begin / stepMs) * stepMs, to: Math.ceil(end / stepMs) * stepMs, stepMs };
}

/** The condition on a record's moment. */
export const WITHIN =
  "time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')";
/** Which step of a range it falls into, from 0. */
export const STEP = 'intDiv(toUnixTimestamp64Milli(time) - {from:Int64}, {step:Int64})';
