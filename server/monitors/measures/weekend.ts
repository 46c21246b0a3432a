const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** The epoch began on a Thursday. */
const FIRST_MONDAY = 4 * DAY;
/** From Monday noon, when Sunday has ended in the last time zone, … */
const BEGINS = 12 * HOUR;
/** … to Thursday 10:00, when Friday begins in the first one: in some countries the weekend does. All UTC. */
const ENDS = 3 * DAY + 10 * HOUR;

/**
 * Whether a stretch of time (epoch ms) may be a weekend somewhere, as far as a calendar can say that without a place.
 * A Wednesday never is: `mayBeWeekend(Date.UTC(2026, 10, 18), Date.UTC(2026, 10, 19))` → false
 */
export function mayBeWeekend(from: number, to: number): boolean {
  const intoWeek = (((from - FIRST_MONDAY) % WEEK) + WEEK) % WEEK;
  return intoWeek < BEGINS || intoWeek + (to - from) > ENDS;
}
