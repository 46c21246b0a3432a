import type { Alert, Cause, IncidentDetail } from '../../api/types.ts';
import { count, duration, interval, NOTHING, plural, quantity } from '../../number/format.ts';
import { DAY, type Extent, HOUR, type Range } from '../../time/range.ts';
import { endOf } from '../annotations.ts';
import type { Kinds } from '../kinds.ts';
import { metricName, metricUnit } from '../metric.ts';

/** Why an incident has its priority, in words. */
/** Which alerts made it so: the layers that fire, worst first. */
export function because(alerts: readonly Alert[], kinds: Kinds): string {
  const names = [
    ...new Set(alerts.filter((alert) => alert.state === 'firing').map((alert) => kinds.name(alert.kind))),
  ];
  if (names.length === 0) return 'none of its alerts fires any more';
  return `${plural(alerts.filter((alert) => alert.state === 'firing').length, 'alert')} firing: ${names.join(', ')}`;
}

/** The stretch of event time an incident is about, with room before it to see how it began. */
export function rangeOf(
  incident: Pick<IncidentDetail, 'status' | 'started_at' | 'last_at' | 'going_to'>,
  extent: Extent = { first: null, last: null, bucket: HOUR },
): Range {
  const from = Date.parse(incident.started_at);
  const to = Math.max(endOf(incident, extent.last), from + extent.bucket);
  const before = Math.max((to - from) * 0.5, 3 * DAY, 12 * extent.bucket);
  const after = Math.max((to - from) * 0.1, 6 * HOUR, 2 * extent.bucket);
  return {
    from: Math.max(from - before, extent.first ?? Number.NEGATIVE_INFINITY),
    to: Math.min(to + after, extent.last === null ? Number.POSITIVE_INFINITY : extent.last + extent.bucket),
  };
}

type Span = Pick<IncidentDetail, 'started_at' | 'last_at' | 'going_to'>;

/** From the first alert to the last change, or as far as it had gone on: the predictions that were made meanwhile. */
export function affectedRange(incident: Span): Range {
  const from = Date.parse(incident.started_at);
  return { from, to: Math.max(endOf({ ...incident, status: 'resolved' }, null), from + HOUR) };
}

/** The last stretch that monitors compared with the reference: the model's window before the incident's last change. */
export function lastWindow(
  { last_at }: Pick<IncidentDetail, 'last_at'>,
  { bucket_ms, window_ms }: { readonly bucket_ms: number; readonly window_ms: number },
): Range {
  const to = Date.parse(last_at) + bucket_ms;
  return { from: to - window_ms, to };
}

/** Milliseconds of event time, an hour at least. */
export function lastedMs(incident: Span): number {
  const { from, to } = affectedRange(incident);
  return to - from;
}

/** `9 d` of event time. */
export function lasted(incident: Span): string {
  return duration(lastedMs(incident));
}

/** Which signal shows a cause: the alert on its column that fired first, else one of the model as a whole. */
export function evidenceFor(cause: Cause, alerts: readonly Alert[], kinds: Kinds): Alert | undefined {
  const own = alerts.filter((alert) => alert.column === cause.column);
  const order = (alert: Alert) => [alert.state === 'firing' ? 0 : 1, Date.parse(alert.since)] as const;
  const sorted = [...own].sort((a, b) => order(a)[0] - order(b)[0] || order(a)[1] - order(b)[1]);
  const named = sorted.find((alert) => kinds.of(alert.kind)?.cause === cause.kind);
  return named ?? sorted[0] ?? harmOf(alerts, kinds) ?? alerts[0];
}

/** The alert that says what is hurt, the worst first; undefined while only inputs have moved. */
export function harmOf(alerts: readonly Alert[], kinds: Kinds): Alert | undefined {
  const harmful = alerts.filter(({ kind }) => kinds.of(kind)?.role === 'effect');
  const rank = (alert: Alert) => kinds.rank(alert.kind) + (alert.state === 'firing' ? 0 : kinds.all.length);
  return harmful.sort((a, b) => rank(a) - rank(b))[0];
}

/** Readings that count something, whatever the statistic beside them is. */
const COUNTS = new Set(['n', 'of', 'columns', 'columns_moved', 'new_categories']);

/** Evidence as it is read: low and high are one interval, counts are whole. */
export function readings(evidence: Cause['evidence']): { name: string; value: string }[] {
  const number = (name: string) => {
    const value = evidence.find((one) => one.name === name)?.value;
    return typeof value === 'number' ? value : null;
  };
  // The first reading is the statistic itself: the others share its unit.
  const unit = metricUnit(evidence[0]?.name ?? '');
  const range = interval(number('low'), number('high'), unit);
  return evidence.flatMap(({ name, value }) => {
    if (range !== '' && name === 'high') return [];
    if (range !== '' && name === 'low') return [{ name: 'interval', value: range }];
    const text =
      typeof value !== 'number'
        ? (value ?? NOTHING)
        : COUNTS.has(name)
          ? count(value)
          : quantity(value, unit);
    return [{ name: metricName(name), value: text }];
  });
}
