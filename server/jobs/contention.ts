import { setTimeout as sleep } from 'node:timers/promises';

/** While somebody waits, background work rests so many times as long as its last piece took: it has a fourth of the time. */
const REST_PER_PIECE = 3;
/** However long a piece took, the next one begins after so long. */
const LONGEST_REST_MS = 1_000;
const LOOK_MS = 5;

export interface Contention {
  /** Whether somebody waits for an answer right now. */
  readonly waiting: () => boolean;
  /** Milliseconds of a clock that nobody sets. */
  readonly monotonic: () => number;
  readonly pause?: (ms: number) => Promise<unknown>;
}

/**
 * The `turn` of one strand of background work, which awaits it between two pieces. While nobody waits the next piece
 * begins at once; while somebody does, when there is quiet, or after three times as long as the last piece took, or after
 * a second, whichever comes first: it makes way and never stands still.
 * Example: `const turn = createTurn({ waiting, monotonic }); for (const piece of pieces) { await piece(); await turn(); }`
 */
export function createTurn({ waiting, monotonic, pause = sleep }: Contention): () => Promise<void> {
  let began = monotonic();
  return async () => {
    const took = monotonic() - began;
    // The event loop goes round once, so that what has come in meanwhile is seen.
    await new Promise((resolve) => setImmediate(resolve));
    const from = monotonic();
    const rest = Math.min(LONGEST_REST_MS, REST_PER_PIECE * took);
    for (let left = rest; left > 0 && waiting(); left = rest - (monotonic() - from))
      await pause(Math.min(left, LOOK_MS));
    began = monotonic();
  };
}
