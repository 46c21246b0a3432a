const FIRST_MS = 5_000;
/** A receiver that answers again has all that waits within so long. */
export const LONGEST_PAUSE_MS = 300_000;
/** Whoever was not reached within a day has noticed, or will read it in the dashboard. */
export const HORIZON_MS = 86_400_000;

/**
 * Pause after so many failed tries: 5 s, doubled each time, at most five minutes; null once the pauses are a day
 * together. It counts tries and not the clock, which may jump. `pauseAfter(1)` → 5000, `pauseAfter(3)` → 20000
 */
export function pauseAfter(tries: number): number | null {
  let waited = 0;
  let pause = FIRST_MS;
  for (let i = 1; i < tries; i++) {
    waited += pause;
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
  return waited >= HORIZON_MS ? null : pause;
}
