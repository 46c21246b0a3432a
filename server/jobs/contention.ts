import { setTimeout as sleep } from 'node:timers/promises';

/** While somebody waits, a strand of background work rests so many times as long as its last piece took: it has a fourth of the time. */
const REST_PER_PIECE = 3;
/** However long a piece took, it counts for no more. */
const LONGEST_PIECE_MS = 1_000;
const LONGEST_REST_MS = 1_000;
/** Who waits for longer than this is kept waiting by something. */
const LONG_MS = 250;
const LOOK_MS = 5;

export interface Contention {
  /** For how many milliseconds somebody has been waiting for an answer; 0 when nobody waits. */
  readonly waitedMs: () => number;
  /** Milliseconds of a clock that nobody sets. */
  readonly monotonic: () => number;
  readonly pause?: (ms: number) => Promise<unknown>;
}

/**
 * Makes the `turn` of each strand of background work, which awaits it between two pieces. While nobody waits the next piece
 * begins at once; while somebody does, when there is quiet, or after three times as long as the last piece took, or after
 * a second, whichever comes first: it makes way and never stands still. However many strands there are, their pieces together take no more
 * than one thread's time then, and a fourth of it when somebody has waited for long: a strand rests for those of the others as well.
 * Example: `const turn = createTurns({ waitedMs, monotonic })(); for (const piece of pieces) { await piece(); await turn(); }`
 */
export function createTurns({ waitedMs, monotonic, pause = sleep }: Contention): () => () => Promise<void> {
  /** Until when all strands together have used up what is theirs. */
  let used = Number.NEGATIVE_INFINITY;

  return () => {
    let began = monotonic();
    return async () => {
      const took = Math.min(LONGEST_PIECE_MS, monotonic() - began);
      // The event loop goes round once, so that what has come in meanwhile is seen.
      await new Promise((resolve) => setImmediate(resolve));
      const from = monotonic();
      const times = waitedMs() > LONG_MS ? 1 + REST_PER_PIECE : 1;
      used = Math.max(used, from - took) + times * took;
      const until = Math.max(from + Math.min(LONGEST_REST_MS, REST_PER_PIECE * took), used);
      for (let left = until - from; left > 0; left = until - monotonic()) {
        if (waitedMs() === 0) {
          used = monotonic();
          break;
        }
        await pause(Math.min(left, LOOK_MS));
      }
      began = monotonic();
    };
  };
}
