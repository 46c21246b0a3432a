/** `12,040` */
export const count = (n: number): string => Math.round(n).toLocaleString('en-US');

/** `2 columns`, `1 column` */
export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${count(n)} ${n === 1 ? one : many}`;

/** Two digits that say something: `0.062`, `12`; of a share of all 1 it is no less exact than its interval needs. */
export const number = (value: number): string =>
  Math.abs(value) >= 100 ? count(value) : String(Number(value.toPrecision(3)));

/** `0.051–0.068`; null where a bound is not known. */
export const interval = (low: number | null, high: number | null): string | null =>
  low === null || high === null ? null : `${number(low)}–${number(high)}`;

/** The first few, and how many more there are: `a, b, c and 9 more` */
export function named(names: readonly string[], most = 3): string {
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(', ')} and ${count(rest)} more` : names.join(', ');
}

/** The first so many characters, up to the end of a word, with a mark where something was cut off. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, text.lastIndexOf(' ', length))} …`;
}

const MINUTE = 60_000;
/** `3 d 4 h`, `2 h 5 min`, `12 min` */
export function span(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / MINUTE));
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  if (days > 0) return `${days} d${hours > 0 ? ` ${hours} h` : ''}`;
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}

export { digestMoment as moment } from '../../../contract/digest-words.ts';
