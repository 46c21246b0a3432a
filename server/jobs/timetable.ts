import { setTimeout as sleep } from 'node:timers/promises';

/** After a failure something is tried again sooner than its next turn, but not at once. */
const RETRY_MS = 5_000;
/** After a start nothing waits longer for its first turn. */
const FIRST_MS = 30_000;

export interface Timetable {
  /** Its next turn comes now, or right after the one under way. */
  wake(): void;
  /** No new turn begins; resolves when the one under way has ended. */
  stop(): Promise<void>;
}

/**
 * A turn every `everyMs`, counted from the end of the turn before, by a clock that nobody sets. `turn` resolves to
 * false when it failed.
 */
export function createTimetable(everyMs: number, turn: () => Promise<boolean>): Timetable {
  let stopped = false;
  let woken = false;
  let pause = new AbortController();

  async function loop(): Promise<void> {
    let wait = Math.min(everyMs, FIRST_MS);
    while (!stopped) {
      if (!woken) await sleep(wait, undefined, { signal: pause.signal, ref: false }).catch(() => {});
      if (stopped) return;
      woken = false;
      pause = new AbortController();
      wait = (await turn()) ? everyMs : Math.min(everyMs, RETRY_MS);
    }
  }

  const looping = loop();
  return {
    wake() {
      woken = true;
      pause.abort();
    },
    stop() {
      stopped = true;
      pause.abort();
      return looping;
    },
  };
}
