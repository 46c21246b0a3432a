import { DAY, HOUR, type Range } from './range.ts';

/** Times are shown in UTC, as every API answer has them, or in the zone of the reader's machine. */
export type Zone = 'utc' | 'local';

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function parts(ms: number, zone: Zone): Parts {
  const date = new Date(zone === 'utc' ? ms : ms - new Date(ms).getTimezoneOffset() * 60_000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

const two = (n: number) => String(n).padStart(2, '0');

/** `14 Mar 2012` */
export function day(ms: number, zone: Zone): string {
  const p = parts(ms, zone);
  return `${p.day} ${MONTHS[p.month]} ${p.year}`;
}

/** `14 Mar 2012 06:00`; seconds only when they are not zero. */
export function moment(ms: number, zone: Zone): string {
  const p = parts(ms, zone);
  const seconds = p.second === 0 ? '' : `:${two(p.second)}`;
  return `${p.day} ${MONTHS[p.month]} ${p.year} ${two(p.hour)}:${two(p.minute)}${seconds}`;
}

/** A range without repeating itself: `14 Mar 06:00 – 18:00 2012`, `1 – 30 Dec 2012`. */
export function span(range: Range, zone: Zone): string {
  const a = parts(range.from, zone);
  const b = parts(range.to, zone);
  const whole = a.hour + a.minute + b.hour + b.minute === 0;
  const clock = (p: Parts) => (whole ? '' : ` ${two(p.hour)}:${two(p.minute)}`);
  const sameYear = a.year === b.year;
  const left = `${a.day} ${MONTHS[a.month]}${sameYear ? '' : ` ${a.year}`}${clock(a)}`;
  return `${left} – ${b.day} ${MONTHS[b.month]} ${b.year}${clock(b)}`;
}

/** How long ago, coarse: `3 min ago`, `2 d ago`, `14 years ago`. */
export function ago(ms: number, now: number): string {
  const past = now - ms;
  if (past < 60_000) return 'just now';
  if (past < HOUR) return `${Math.floor(past / 60_000)} min ago`;
  if (past < 2 * DAY) return `${Math.floor(past / HOUR)} h ago`;
  if (past < 730 * DAY) return `${Math.floor(past / DAY)} d ago`;
  return `${Math.floor(past / (365.25 * DAY))} years ago`;
}

export interface Tick {
  readonly time: number;
  readonly label: string;
}

const MINUTE = 60_000;
const STEPS = [
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
];

/** Ticks of a time axis on round moments of the zone: minutes, hours, days, weeks, months or years. */
export function timeTicks(range: Range, atMost: number, zone: Zone): Tick[] {
  const wanted = (range.to - range.from) / Math.max(1, atMost);
  const step = STEPS.find((one) => one >= wanted);
  return step === undefined ? monthTicks(range, wanted, zone) : evenTicks(range, step, zone);
}

function evenTicks(range: Range, step: number, zone: Zone): Tick[] {
  // The epoch was a Thursday; weeks begin on Mondays.
  const monday = step % (7 * DAY) === 0 ? 4 * DAY : 0;
  const offset = monday + (zone === 'utc' ? 0 : new Date(range.from).getTimezoneOffset() * 60_000);
  const ticks: Tick[] = [];
  for (let time = Math.ceil((range.from - offset) / step) * step + offset; time < range.to; time += step) {
    const p = parts(time, zone);
    const midnight = p.hour === 0 && p.minute === 0;
    ticks.push({ time, label: midnight ? `${p.day} ${MONTHS[p.month]}` : `${two(p.hour)}:${two(p.minute)}` });
  }
  return ticks;
}

function monthTicks(range: Range, wanted: number, zone: Zone): Tick[] {
  const months = [1, 2, 3, 6, 12, 24, 60, 120].find((n) => n * 30.4 * DAY >= wanted) ?? 240;
  const start = parts(range.from, zone);
  const ticks: Tick[] = [];
  for (let index = start.year * 12 + start.month; ; index++) {
    if (index % months !== 0) continue;
    const [year, month] = [Math.floor(index / 12), index % 12];
    const time = zone === 'utc' ? Date.UTC(year, month, 1) : new Date(year, month, 1).getTime();
    if (time >= range.to) return ticks;
    if (time >= range.from) ticks.push({ time, label: month === 0 ? String(year) : MONTHS[month]! });
  }
}
