import { z } from 'zod';

/** A time zone by its name in the IANA database: `Europe/Berlin`. */
export const Zone = z.string().max(64).refine(isZone, 'must be a time zone such as Europe/Berlin or UTC');

/** What clocks on the wall of a zone show at a moment. */
export interface Wall {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** Since midnight, 0 to 1439. */
  readonly minute: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

const MINUTE = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US-u-hc-h23', {
    timeZone: zone,
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
  });
  formats.set(zone, format);
  return format;
}

/** Clocks change at quarters of an hour alone. */
const QUARTER = 15 * MINUTE;
const MOST_KNOWN = 20_000;
const offsets = new Map<string, number>();

/** By how many milliseconds the clocks of a zone are ahead of UTC at a moment. */
function offsetAt(ms: number, zone: string): number {
  if (zone === 'UTC') return 0;
  const quarter = Math.floor(ms / QUARTER) * QUARTER;
  const key = `${zone} ${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const parts = new Map(
    formatOf(zone)
      .formatToParts(quarter)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const [year, month, day] = [parts.get('year')!, parts.get('month')!, parts.get('day')!];
  const offset = Date.UTC(year, month - 1, day, parts.get('hour')!, parts.get('minute')!) - quarter;
  if (offsets.size >= MOST_KNOWN) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/** What clocks in a zone show. `wallAt(Date.UTC(2026, 6, 1, 10), 'Europe/Berlin').minute` → 720 */
export function wallAt(ms: number, zone: string): Wall {
  const shown = new Date(ms + offsetAt(ms, zone));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    minute: shown.getUTCHours() * 60 + shown.getUTCMinutes(),
    weekday: shown.getUTCDay(),
  };
}

/**
 * The moment at which clocks in a zone show a day and a minute of it. Of an hour that a zone skips in spring the moment as far after it; of one
 * that comes twice the first. `day` may lie beyond the month. `instantOf({ year: 2026, month: 7, day: 1, minute: 720 }, 'Europe/Berlin')` → 10:00 UTC
 */
export function instantOf({ year, month, day, minute }: Omit<Wall, 'weekday'>, zone: string): number {
  const wanted = Date.UTC(year, month - 1, day, 0, minute);
  const guesses = [wanted - 86_400_000, wanted + 86_400_000].map((ms) => wanted - offsetAt(ms, zone));
  const right = guesses.filter((ms) => ms + offsetAt(ms, zone) === wanted);
  return right.length > 0 ? Math.min(...right) : Math.max(...guesses);
}
