import { z } from 'zod';

/** RFC 3339 text in UTC, as every reply has it. */
export const Timestamp = z.iso.datetime();

/** First moment that a request may name, and the one behind the last. The stores and every calendar can hold what lies between. */
export const FIRST_MOMENT = 0;
export const LAST_MOMENT = Date.UTC(2200, 0, 1);

/** Longest stretch of time that a request may name, in milliseconds. */
export const LONGEST_MS = 10 * 366 * 86_400_000;

/** RFC 3339 or epoch milliseconds, as every request may have it: from 1970 to 2199. */
export const TimeInput = z
  .union([z.iso.datetime({ offset: true }), z.number().int(), z.string().regex(/^\d{10,16}$/)])
  .refine(isMoment, 'must lie between 1970-01-01 and 2199-12-31');
export type TimeInput = z.infer<typeof TimeInput>;

/** Whether a time lies between the first and the last moment. `isMoment(9_000_000_000_000_000)` → false */
export function isMoment(time: string | number): boolean {
  const ms = epochMs(time);
  return ms >= FIRST_MOMENT && ms < LAST_MOMENT;
}

/** Epoch milliseconds of a time input. `epochMs('2026-11-20T10:00:00Z')` → 1795168800000 */
export function epochMs(time: string | number): number {
  if (typeof time === 'number') return time;
  return /^\d+$/.test(time) ? Number(time) : Date.parse(time);
}

/** Beyond it there are no dates, says ECMAScript. */
const END_OF_DATES = 8.64e15;

/** Total: a number beyond every calendar is told as its end. `rfc3339(1795168800000)` → '2026-11-20T10:00:00.000Z' */
export function rfc3339(ms: number): string {
  return new Date(Math.max(-END_OF_DATES, Math.min(END_OF_DATES, ms))).toISOString();
}

/** The time range that lists take; from is included, to is not. Both may be absent. */
export const TimeRangeQuery = z.object({ from: TimeInput.optional(), to: TimeInput.optional() });
