const GROUPED = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** `count(40004)` → `40,004` */
export const count = (n: number): string => GROUPED.format(n);

/** `of(412, 1000)` → `412 of 1,000` */
export const of = (n: number, all: number): string => `${count(n)} of ${count(all)}`;

/** `plural(1, 'label')` → `1 label` */
export const plural = (n: number, noun: string): string => `${count(n)} ${noun}${n === 1 ? '' : 's'}`;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A length of time, rounded to what people plan by: `length(1_380_000)` → `23 min`, `length(5_000)` → `less than a minute` */
export function length(ms: number): string {
  if (ms < MINUTE) return ms <= 0 ? '0 min' : 'less than a minute';
  if (ms < HOUR) return `${Math.ceil(ms / MINUTE)} min`;
  if (ms <= 48 * HOUR) return `${Math.floor(ms / HOUR)} h`;
  return `${Math.floor(ms / (24 * HOUR))} d`;
}

/** `bucketWord(3_600_000)` → `hour`, `bucketWord(900_000)` → `bucket of 15 min` */
export function bucketWord(ms: number): string {
  const names = new Map([
    [MINUTE, 'minute'],
    [HOUR, 'hour'],
    [24 * HOUR, 'day'],
  ]);
  return names.get(ms) ?? `bucket of ${length(ms)}`;
}
