import { grouped } from '../../contract/counted.ts';

/** `count(12345)` → '12,345' */
export function count(n: number): string {
  return grouped(n);
}

/** A share for people: `percent(0.0005)` → '<0.1 %', `percent(0.034)` → '3.4 %'; null → '–'. */
export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined) return '–';
  if (share === 0 || share === 1) return `${100 * share} %`;
  if (share < 0.001) return '<0.1 %';
  if (share > 0.999) return '>99.9 %';
  return `${(100 * share).toFixed(share < 0.1 || share > 0.99 ? 1 : 0)} %`;
}

/** Three significant digits, more before the point. `short(12345.6)` → '12,346', `short(2012)` → '2012' (a year, maybe); null → '–'. */
export function short(x: number | null | undefined): string {
  if (x === null || x === undefined) return '–';
  const size = Math.abs(x);
  if (size >= 1e9 || (size !== 0 && size < 1e-3)) return x.toExponential(1);
  if (size >= 10_000) return grouped(Math.round(x));
  if (size >= 100) return String(Math.round(x));
  return String(Number(x.toPrecision(3)));
}

interface Metric {
  readonly value: number | null;
  readonly low?: number | null | undefined;
  readonly high?: number | null | undefined;
  readonly reason?: string | undefined;
}

/** A metric with its interval, all with as many decimals; the reason why there is none; or nothing. `interval({ value: 0.8, low: 0.71, high: 0.9 })` → '0.800 (0.710–0.900)' */
export function interval(metric: Metric | undefined): string {
  if (!metric) return '';
  const { value, low, high, reason } = metric;
  if (value === null) return reason?.replaceAll('_', ' ') ?? '–';
  if (low === undefined || low === null || high === undefined || high === null) return short(value);
  const size = Math.max(Math.abs(value), Math.abs(low), Math.abs(high));
  if (size >= 10_000 || size < 1e-4) return `${short(value)} (${short(low)}–${short(high)})`;
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(size)));
  return `${value.toFixed(decimals)} (${low.toFixed(decimals)}–${high.toFixed(decimals)})`;
}

/** `duration(2631)` → '2.6 s' */
export function duration(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}
