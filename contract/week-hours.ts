import { z } from 'zod';
import { instantOf, wallAt, Zone } from './zone.ts';

export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 07:30');

/** Hours of some days of each week, by the clocks of a zone; over midnight where `to` is not after `from`, and then the day is that of `from`. */
export const WeekHours = z
  .object({
    zone: Zone,
    /** 0 is Sunday; every day when absent. */
    days: z.array(z.number().int().min(0).max(6)).min(1).max(7).default([0, 1, 2, 3, 4, 5, 6]),
    from: TimeOfDay,
    to: TimeOfDay,
  })
  .strict();
export type WeekHours = z.infer<typeof WeekHours>;

/** Hours of work: none on days off, such as holidays, each a date of the zone (`2026-12-25`). */
export const WorkHours = WeekHours.extend({
  days_off: z.array(z.iso.date('must be a date such as 2026-12-25')).max(400).optional(),
});
export type WorkHours = z.infer<typeof WorkHours>;

/** Minutes since midnight: `minuteOf('07:30')` → 450 */
export const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/**
 * The end of the hours that a moment lies in; null when it lies in none. Pure.
 * Example: 23:00 within `{ zone: 'UTC', from: '22:00', to: '07:00' }` → 07:00 of the next day
 */
export function endOfHours({ zone, days, from, to }: WeekHours, ms: number): number | null {
  const wall = wallAt(ms, zone);
  const [begin, end] = [minuteOf(from), minuteOf(to)];
  // those that began yesterday, then those of today
  for (const ago of [1, 0]) {
    if (!days.includes((wall.weekday - ago + 7) % 7)) continue;
    const day = wall.day - ago;
    const starts = instantOf({ ...wall, day, minute: begin }, zone);
    const ends = instantOf({ ...wall, day: end > begin ? day : day + 1, minute: end }, zone);
    if (starts <= ms && ms < ends) return ends;
  }
  return null;
}

/** Clocks are followed no further than this. */
const FURTHEST_DAYS = 800;
const MINUTE = 60_000;

/**
 * The moment after so many minutes of these hours; of all hours where there are none. Pure.
 * Example: 60 minutes from Friday 16:30 on, of Monday to Friday 9:00 to 17:00 → Monday 9:30, or Tuesday where that Monday is a day off
 */
export function afterMinutes(hours: WorkHours | null, ms: number, minutes: number): number {
  if (hours === null) return ms + minutes * MINUTE;
  const { zone, days, from, to, days_off = [] } = hours;
  const off = new Set(days_off);
  const [begin, end] = [minuteOf(from), minuteOf(to)];
  const wall = wallAt(ms, zone);
  let left = minutes * MINUTE;
  for (let ahead = -1; ahead < FURTHEST_DAYS; ahead += 1) {
    if (!days.includes((wall.weekday + ahead + 7 * FURTHEST_DAYS) % 7)) continue;
    const day = wall.day + ahead;
    if (off.has(dateOf({ ...wall, day }))) continue;
    const starts = Math.max(ms, instantOf({ ...wall, day, minute: begin }, zone));
    const ends = instantOf({ ...wall, day: end > begin ? day : day + 1, minute: end }, zone);
    if (ends <= starts) continue;
    if (left <= ends - starts) return starts + left;
    left -= ends - starts;
  }
  return ms + FURTHEST_DAYS * 24 * 60 * MINUTE;
}

/** `dateOf({ year: 2026, month: 12, day: 32 })` → '2027-01-01' */
function dateOf({ year, month, day }: { year: number; month: number; day: number }): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}
