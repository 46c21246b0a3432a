import { epochMs, TimeInput } from '../../../contract/time.ts';
import { type Refusal, refuse } from './refusal.ts';

/** 2000-01-01T00:00:00Z: what lies before is a unit mistake (seconds for milliseconds), not an event. */
export const EARLIEST = 946_684_800_000;
/** How far into the future an event may lie: clocks differ, time zones get confused. */
export const AHEAD_MS = 86_400_000;

export const NOT_A_TIME =
  'time must be RFC 3339 text or epoch milliseconds, between 2000-01-01 and one day from now';

const CANONICAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z$/;

/**
 * Epoch milliseconds of an event's time, or why it is refused. Accepts exactly what `TimeInput` accepts, within
 * 2000-01-01 and one day after `now`. `eventTime('2026-11-20T10:00:00Z', now)` → 1795168800000
 */
export function eventTime(time: unknown, now: number): number | Refusal {
  if (time === undefined) return now;
  const ms = read(time);
  if (ms === undefined) return refuse('invalid_time', NOT_A_TIME);
  if (ms < EARLIEST || ms > now + AHEAD_MS) {
    if (ms * 1000 >= EARLIEST && ms * 1000 <= now + AHEAD_MS)
      return refuse('invalid_time', `time ${ms} is in epoch seconds; send milliseconds: ${ms * 1000}`);
    return refuse('invalid_time', 'time must lie between 2000-01-01 and one day from now');
  }
  return ms;
}

function read(time: unknown): number | undefined {
  if (typeof time === 'number') return Number.isSafeInteger(time) ? time : undefined;
  if (typeof time !== 'string' || time.length > 64) return undefined;
  if (CANONICAL.test(time)) {
    const ms = Date.parse(time);
    // Date.parse takes 31 February for 3 March and 24:00 for the next day; the day of the month tells.
    if (!Number.isNaN(ms) && new Date(ms).getUTCDate() === Number(time.slice(8, 10))) return ms;
    return undefined;
  }
  const input = TimeInput.safeParse(time);
  if (!input.success) return undefined;
  const ms = Math.trunc(epochMs(input.data));
  return Number.isSafeInteger(ms) ? ms : undefined;
}
