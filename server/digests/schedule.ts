import type { DigestEvery } from '../../contract/digest.ts';
import { minuteOf } from '../../contract/week-hours.ts';
import { instantOf, wallAt } from '../../contract/zone.ts';

/** When a digest is due: at a time of some days of the week, by the clocks of a zone. 0 is Sunday. */
export interface Schedule {
  readonly at: string;
  readonly zone: string;
  readonly days: readonly number[];
}

const WORKDAYS: readonly number[] = [1, 2, 3, 4, 5];
const MONDAY: readonly number[] = [1];
/** A week, and a day for clocks that are changed. */
const AHEAD_DAYS = 8;

/** The days of a digest for which none were named: Monday to Friday, and of a weekly one Monday. */
export function usualDays(every: DigestEvery): readonly number[] {
  return every === 'daily' ? WORKDAYS : MONDAY;
}

/** The newest moment up to now at which it was due. Pure. Example: on a Sunday, of Monday to Friday at 8:00 → Friday 8:00 */
export function lastDue(schedule: Schedule, now: number): number {
  return instants(schedule, now, -AHEAD_DAYS, 0).findLast((ms) => ms <= now)!;
}

/** The first moment after now at which it is due. Pure. */
export function nextDue(schedule: Schedule, now: number): number {
  return instants(schedule, now, 0, AHEAD_DAYS).find((ms) => ms > now)!;
}

/** How long a time a digest is about where nothing was told before. */
export function lengthOf(every: DigestEvery): number {
  return (every === 'daily' ? 1 : 7) * 86_400_000;
}

/** When it is due on the days around one, in order. */
function instants({ at, zone, days }: Schedule, now: number, from: number, to: number): number[] {
  const wall = wallAt(now, zone);
  const found: number[] = [];
  for (let ahead = from; ahead <= to; ahead += 1)
    if (days.includes((wall.weekday + ahead + 7 * AHEAD_DAYS) % 7))
      found.push(instantOf({ ...wall, day: wall.day + ahead, minute: minuteOf(at) }, zone));
  return found;
}
