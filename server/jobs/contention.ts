import { setTimeout as sleep } from 'node:timers/promises';

/** Background work that was waited for has at least this share of the time: one part in four. */
const REST_PER_PIECE = 3;
/** However long a piece took, the next begins after so long. */
const LONGEST_REST_MS = 1_000;
const LOOK_MS = 5;

/**
 * A strand of background work asks for its turn between two pieces. While nobody waits it goes on at once; while
 * somebody waits it rests, at most three times as long as its last piece took and never longer than a second.
 * `waiting` says whether somebody waits. Example: `await turn()` between two statements of a job
 */
export function createTurn(waiting: () => boolean, monotonic: () => number): () => Promise<void> {
  let began = monotonic();
  return async () => {
    // What has come in meanwhile is seen first, and answered if it takes no longer than that.
    await new Promise((resolve) => setImmediate(resolve));
    const until = monotonic() + Math.min(LONGEST_REST_MS, REST_PER_PIECE * (monotonic() - began));
    while (waiting()) {
      const left = until - monotonic();
      if (left <= 0) break;
      await sleep(Math.min(left, LOOK_MS));
    }
    began = monotonic();
  };
}
