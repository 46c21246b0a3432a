/** Whole, in groups of three. Not by `Intl`, whose first format takes longer than all else that a page draws. */
function grouped(n: number): string {
  const whole = Math.sign(n) * Math.round(Math.abs(n));
  return `${whole === 0 ? 0 : whole}`.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** What stands where a value has a reason instead. */
export const NOTHING = '–';

/** A count with thin groups: `count(4310)` → `4,310`; `count(null)` → `–` */
export function count(n: number | null | undefined): string {
  return n === null || n === undefined ? NOTHING : grouped(n);
}

/** A count that fits a cell: `compact(1234567)` → `1.23 M` */
export function compact(n: number | null | undefined): string {
  if (n === null || n === undefined) return NOTHING;
  const size = Math.abs(n);
  if (size >= 1e9) return `${digits(n / 1e9, 3)} G`;
  if (size >= 1e6) return `${digits(n / 1e6, 3)} M`;
  if (size >= 1e4) return `${digits(n / 1e3, 3)} k`;
  return size >= 100 || Number.isInteger(n) ? grouped(n) : digits(n, 3);
}

/** At most `significant` digits, no exponent between 1e-6 and 1e6: `digits(0.31337, 3)` → `0.313`, `digits(-2)` → `−2.00` */
export function digits(value: number, significant = 3): string {
  if (value === 0) return '0';
  if (value < 0) return `−${digits(-value, significant)}`;
  const size = value;
  if (size >= 1e6 || size < 1e-6) return value.toExponential(significant - 1).replace('e+', 'e');
  if (size >= 10 ** significant) return grouped(value);
  const decimals = Math.max(0, significant - 1 - Math.floor(Math.log10(size)));
  return value.toFixed(Math.min(decimals, 8));
}

/** `percent(0.0312)` → `3.1 %`; small shares keep a digit that tells them from zero. */
export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined) return NOTHING;
  if (share < 0) return `−${percent(-share)}`;
  const value = share * 100;
  if (value === 0) return '0 %';
  if (value < 0.1) return `${digits(value, 1)} %`;
  return `${value.toFixed(value < 10 ? 1 : 0).replace(/\.0$/, '')} %`;
}

const SIZES = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Bytes as people read them: `bytes(1_234_567)` → `1.23 MB`; `bytes(null)` → `–` */
export function bytes(n: number | null | undefined): string {
  if (n === null || n === undefined) return NOTHING;
  const power = Math.min(SIZES.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, n)) / 3)));
  return `${power === 0 ? count(n) : digits(n / 1000 ** power, 3)} ${SIZES[power]}`;
}

const SHARES = new Set(['share', 'ratio', 'fraction', '%', 'percent']);
const COUNTS = new Set(['count', 'predictions', 'requests', 'n', 'rows', 'events']);

/**
 * A value with its unit, as one text. `quantity(0.02, 'share')` → `2.0 %`; `quantity(12.345, 'ms')` → `12.3 ms`;
 * a unit of a dimensionless score ('' or 'score') shows the number alone.
 */
export function quantity(value: number | null | undefined, unit = ''): string {
  if (value === null || value === undefined) return NOTHING;
  if (SHARES.has(unit)) return percent(value);
  if (unit === 'ms') return duration(value);
  if (unit === 's' || unit === 'seconds') return duration(value * 1000);
  if (COUNTS.has(unit)) return compact(value);
  const text = digits(value, 3);
  return unit === '' || unit === 'score' || unit === 'distance' ? text : `${text} ${unit}`;
}

/**
 * By how much a value differs from another, with its sign, and what part of the other that is.
 * `difference(0.8, 1)` → `−0.200 (−20 %)`; shares differ in points: `difference(0.05, 0.02, 'share')` → `+3 points`
 */
export function difference(
  value: number | null | undefined,
  from: number | null | undefined,
  unit = '',
): string {
  if (value === null || value === undefined || from === null || from === undefined) return NOTHING;
  const by = value - from;
  const sign = by < 0 ? '−' : by > 0 ? '+' : '±';
  if (SHARES.has(unit)) return `${sign}${percent(Math.abs(by)).replace(/ %$/, '')} points`;
  const part = from === 0 || by === 0 ? '' : ` (${sign}${percent(Math.abs(by / from))})`;
  return `${sign}${quantity(Math.abs(by), unit)}${part}`;
}

/** An end that is next to nothing beside the other has the decimals of that. `interval(0.27, 0.35)` → `0.270–0.350`, `interval(0.0000063, 0.0139)` → `0.0000–0.0139`, `interval(0.07, 0.11, 'share')` → `7–11 %`, `interval(-1, 1)` → `−1.00 to 1.00`; empty when it is unknown. */
export function interval(low: number | null | undefined, high: number | null | undefined, unit = ''): string {
  if (low === null || low === undefined || high === null || high === undefined) return '';
  const [begin, end] = [endOf(low, high, unit), endOf(high, low, unit)];
  if (low < 0) return `${begin} to ${end}`;
  const [said, name] = [begin.split(' '), end.split(' ')];
  // Of the same unit it is named once.
  return said.length === 2 && said[1] === name[1] ? `${said[0]}–${end}` : `${begin}–${end}`;
}

function endOf(value: number, other: number, unit: string): string {
  const [, decimals] = digits(Math.abs(other)).split('.');
  const plain = unit === '' || unit === 'score';
  if (!plain || value === 0 || Math.abs(value) > Math.abs(other) / 1000 || decimals === undefined)
    return quantity(value, unit);
  return `${value < 0 ? '−' : ''}${Math.abs(value).toFixed(decimals.length)}`;
}

/** A length of time: `duration(340)` → `340 ms`, `duration(0.0058)` → `5.8 µs`, `duration(5_400_000)` → `1.5 h` */
export function duration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return NOTHING;
  const size = Math.abs(ms);
  if (size === 0) return '0 ms';
  if (size < 0.1) return size < 1e-5 ? '< 0.01 µs' : `${short(ms * 1000)} µs`;
  if (size < 999.5) return `${short(ms)} ms`;
  if (size < 60_000) return `${trim(ms / 1000)} s`;
  if (size < 3_600_000) return `${trim(ms / 60_000)} min`;
  if (size < 48 * 3_600_000) return `${trim(ms / 3_600_000)} h`;
  return `${trim(ms / 86_400_000)} d`;
}

/** What a bucket is called: `bucketName(3_600_000)` → `hour`, `bucketName(900_000)` → `15 min` */
export function bucketName(ms: number): string {
  const names = new Map([
    [60_000, 'minute'],
    [3_600_000, 'hour'],
    [86_400_000, 'day'],
  ]);
  return names.get(ms) ?? duration(ms);
}

/** Three digits that matter, no zeros behind them. */
function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function trim(value: number): string {
  return (Math.abs(value) < 10 ? value.toFixed(1) : value.toFixed(0)).replace(/\.0$/, '');
}

/** `plural(1, 'incident')` → `1 incident`; `plural(4310, 'prediction')` → `4,310 predictions` */
export function plural(n: number, noun: string): string {
  return `${grouped(n)} ${noun}${n === 1 ? '' : 's'}`;
}
