import type { Peak } from '../alerts/series.ts';

/** What an incident knows of one of its alerts. */
export interface Fact {
  readonly alert: string;
  readonly model: string;
  readonly kind: string;
  readonly metric: string;
  /** Empty for kinds without columns. */
  readonly column: string;
  /** Key of its segment; empty for all predictions. */
  readonly segment: string;
  /** The same as it may be said outside. */
  readonly segmentText: string;
  readonly severity: 'page' | 'ticket';
  readonly since: number;
  readonly firing: boolean;
  /** The worst it was. */
  readonly peak: Peak;
  /** The column's share of the model's attention, 0 to 1; null when unknown. */
  readonly importance: number | null;
  /** The same against an even share: 1 is a column like any other of its model. */
  readonly prominence: number | null;
}

/** How much a share of rows rose over its reference, 0 to 1. */
export function increase({ value, baseline }: Peak): number {
  return Math.max(0, Math.min(1, (value ?? 0) - (baseline ?? 0)));
}

/** `percent(0.0512)` → '5.1 %' */
export function percent(share: number): string {
  const points = share * 100;
  return `${points !== 0 && points < 10 ? Number(points.toPrecision(2)) : Math.round(points)} %`;
}

/** `decimal(0.31234)` → '0.31' */
export function decimal(value: number): string {
  return String(Number(value.toFixed(2)));
}

/** `count(4310)` → '4,310' */
export function count(n: number): string {
  return Math.round(n).toLocaleString('en-US');
}

/** The numbers of a peak, for the evidence of a cause. */
export function evidenceOf({ metric, peak }: Pick<Fact, 'metric' | 'peak'>) {
  return [
    { name: metric, value: peak.value },
    { name: 'low', value: peak.low },
    { name: 'high', value: peak.high },
    { name: 'reference', value: peak.baseline },
    { name: 'threshold', value: peak.threshold },
    { name: 'n', value: peak.n },
  ];
}
