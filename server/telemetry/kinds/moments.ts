import { TiltmeterError } from '../../../contract/errors.ts';
import { unsigned } from '../otlp/attributes.ts';
import type { Long64 } from '../otlp/messages.ts';

const DAY_MS = 86_400_000;
/** Telemetry is of now: what is older is not taken, so that no request writes more than so many days at once. */
export const OLDEST_DAYS = 30;
/** Clocks differ. */
export const AHEAD_MS = 3_600_000;

/** Epoch milliseconds of a moment in nanoseconds, with their fractions. */
export function millisOf(moment: Long64): number {
  return unsigned(moment) / 1e6;
}

/** Errors: invalid_time unless a moment lies between 30 days ago and an hour from now. */
export function requireRecent(moment: Long64, now: number, what: string): void {
  const ms = millisOf(moment);
  if (!isRecent(ms, now)) throw notRecent(ms, what);
}

/** Whether a moment, in epoch milliseconds, lies between 30 days ago and an hour from now. */
export function isRecent(ms: number, now: number): boolean {
  return ms >= now - OLDEST_DAYS * DAY_MS && ms <= now + AHEAD_MS;
}

/** What is said of a moment that does not. */
export function notRecent(ms: number, what: string): TiltmeterError {
  const said = Math.abs(ms) < 8.64e15 ? new Date(ms).toISOString() : 'beyond all calendars';
  return new TiltmeterError(
    'invalid_time',
    `${what} is ${said}; telemetry is taken of the last ${OLDEST_DAYS} days and an hour ahead`,
  );
}
