/** How often a wall asks, how long it waits for an answer, and from which age on what it shows is not current. */
export const EVERY_MS = 10_000;
export const PATIENCE_MS = 8_000;
export const STALE_MS = 35_000;

/** A moment further ahead than this is of a clock that was set back: how old it is nobody knows. */
const AHEAD_MS = 5_000;

export interface Freshness {
  readonly stale: boolean;
  /** Since the oldest of what is shown was read, milliseconds; null: something was never read. */
  readonly age: number | null;
}

/**
 * How current a page is that shows what was read at these moments (epoch ms; 0: never), opened at `since`. Whether a question is on its way, failed
 * or was never asked plays no part: only what arrived counts. Example: `freshnessOf([1_000, 90_000], 0, 91_000)` → { stale: true, age: 90_000 }
 */
export function freshnessOf(readAt: readonly number[], since: number, now: number): Freshness {
  const oldest = Math.min(...readAt);
  if (oldest === 0) return { stale: now - since > STALE_MS, age: null };
  const age = now - oldest;
  return { stale: age > STALE_MS || age < -AHEAD_MS, age: Math.max(0, age) };
}

/** `4 s`, `12 min`, `3 h`: for people who pass by. */
export function ageWords(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h`;
}
