import type { Sender } from './sender.ts';
import { DAY, type Stopwatch } from './story.ts';

export interface ReplayOptions {
  /** Event time, epoch milliseconds: the replay goes from the first question to the present. */
  readonly from: number;
  readonly to: number;
  /** Days of event time per second of wall clock; Infinity does not wait. */
  readonly speed: number;
  readonly stopwatch: Stopwatch;
  readonly sleep: (ms: number) => Promise<void>;
  readonly progress: (eventTime: number) => void;
}

/** Event time that is sent together. */
const STEP = 2 * DAY;

/**
 * Sends what was asked of all models in the order of time, two days at a request, with the labels that became known by
 * then. Labels that are not known at the end are not sent.
 */
export async function replay(sender: Sender, options: ReplayOptions): Promise<void> {
  const { from, to, speed, stopwatch, sleep, progress } = options;
  const began = stopwatch();
  for (let now = from; now < to; ) {
    now = Math.min(now + STEP, to);
    await sender.upTo(now);
    progress(now);
    const ahead = ((now - from) / DAY / speed) * 1000 - (stopwatch() - began);
    if (ahead > 0) await sleep(ahead);
  }
}
