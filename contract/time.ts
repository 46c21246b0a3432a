import { z } from 'zod';

/** RFC 3339 text in UTC, as every reply has it. */
export const Timestamp = z.iso.datetime();

/** RFC 3339 or epoch milliseconds, as every request may have it. */
export const TimeInput = z.union([
  z.iso.datetime({ offset: true }),
  z.number().int(),
  z.string().regex(/^\d{10,16}$/),
]);
export type TimeInput = z.infer<typeof TimeInput>;

/** Epoch milliseconds of a time input. `epochMs('2026-11-20T10:00:00Z')` → 1795168800000 */
export function epochMs(time: TimeInput): number {
  if (typeof time === 'number') return time;
  return /^\d+$/.test(time) ? Number(time) : Date.parse(time);
}

/** `rfc3339(1795168800000)` → '2026-11-20T10:00:00.000Z' */
export function rfc3339(ms: number): string {
  return new Date(ms).toISOString();
}

/** The time range that lists take; from is included, to is not. Both may be absent. */
export const TimeRangeQuery = z.object({ from: TimeInput.optional(), to: TimeInput.optional() });
