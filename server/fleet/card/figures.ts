import type { Measured } from '../../../contract/version-comparison.ts';

/** `count(12345)` → '12,345' */
export const count = (n: number) => n.toLocaleString('en');

/** `share(0.1234)` → '12.3 %' */
export const share = (value: number) => `${Number((100 * value).toPrecision(3))} %`;

/** An id in words. `words('no_labels')` → 'no labels' */
export const words = (id: string) => id.replaceAll('_', ' ');

/**
 * A number with its interval and n; the named reason where there is none.
 * `interval({ value: 0.912, low: 0.9, high: 0.92, n: 500, status: 'ok' })` → '0.912 (0.9 to 0.92, n 500)'
 */
export function interval({ value, low, high, n, status }: Measured, unit = ''): string {
  if (value === null) return `none: ${words(status)}`;
  const write = (of: number) => (unit === 'share' ? share(of) : String(Number(of.toPrecision(3))));
  const behind = [
    ...(low === null || high === null ? [] : [`${write(low)} to ${write(high)}`]),
    ...(n > 0 ? [`n ${count(n)}`] : []),
  ];
  const text = unit === 'share' || unit === '' ? write(value) : `${write(value)} ${unit}`;
  return behind.length === 0 ? text : `${text} (${behind.join(', ')})`;
}

/** `length(93_600_000)` → '1 d 2 h' */
export function length(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  if (days > 0) return `${days} d ${hours} h`;
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}

/** `moment('2026-11-27T06:17:08.516Z')` → '2026-11-27 06:17 UTC' */
export const moment = (time: string) => time.replace(/^(\S+)T(\d\d:\d\d).*$/, '$1 $2 UTC');
