import { MONTHS, type Zone } from './format.ts';

const two = (n: number) => String(n).padStart(2, '0');

/** A moment as the clock on the wall shows it: `wall(0, 'utc')` → `1970-01-01 00:00:00` */
export function wall(ms: number, zone: Zone): string {
  const shifted = zone === 'utc' ? ms : ms - new Date(ms).getTimezoneOffset() * 60_000;
  return new Date(shifted).toISOString().slice(0, 19).replace('T', ' ');
}

/** The moment that a clock on the wall shows; NaN where it shows none. `moment('1970-01-01 00:00:00', 'utc')` → 0 */
export function fromWall(text: string, zone: Zone): number {
  const iso = text.replace(' ', 'T');
  return Date.parse(zone === 'utc' ? `${iso}Z` : iso);
}

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const NAMED = /^(\d{1,2})\.? +([a-z]{3})[a-z]* +(\d{4})(?:,? +(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/i;
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,? +(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/**
 * What people type for a moment, as the clock on the wall shows it; null where it is none. Day and month in an order that
 * nobody can take for another: `readWall('14 Mar 2012 6:00')` → `2012-03-14 06:00:00`
 */
export function readWall(text: string): string | null {
  const trimmed = text.trim();
  const [iso, named, dotted] = [ISO.exec(trimmed), NAMED.exec(trimmed), DOTTED.exec(trimmed)];
  const date = iso
    ? [iso[1], iso[2], iso[3]]
    : named
      ? [named[3], MONTHS.findIndex((name) => name.toLowerCase() === named[2]!.toLowerCase()) + 1, named[1]]
      : dotted
        ? [dotted[3], dotted[2], dotted[1]]
        : undefined;
  const match = iso ?? named ?? dotted;
  if (date === undefined || match === null) return null;
  const [year, month, day] = date.map(Number) as [number, number, number];
  const [hour, minute, second] = [match[4], match[5], match[6]].map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
  ];
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const found = wall(ms, 'utc');
  // The 30th of February is none.
  return found === `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`
    ? found
    : null;
}
