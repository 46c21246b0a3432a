import type { TelemetrySeries } from '../../../contract/telemetry.ts';
import type { Lake } from '../../store/lake/lake.ts';
import type { Prometheus } from '../../store/prometheus/prometheus.ts';
import { readPrometheus } from '../prometheus/read-prometheus.ts';
import { readLevels } from './read-levels.ts';
import { readRequests } from './read-requests.ts';
import type { Steps } from './steps.ts';
import type { Tie } from './tie.ts';

/** Where telemetry is read: what was sent here, and a Prometheus that has what was not. */
interface Sources {
  readonly lake: Lake;
  readonly prometheus?: Prometheus | undefined;
}

/** Every series of what the machines and the service of a model told, in the steps given. Bounded by them. */
export async function readTelemetry(
  { lake, prometheus }: Sources,
  tie: Tie,
  steps: Steps,
): Promise<TelemetrySeries[]> {
  const [levels, requests, elsewhere] = await Promise.all([
    readLevels({ lake }, tie, steps),
    readRequests({ lake }, tie, steps),
    prometheus === undefined ? [] : readPrometheus(prometheus, tie, steps),
  ]);
  const copied = [...levels, ...requests];
  const written = new Set(prometheus?.own.map(({ id }) => id));
  const kept = copied.filter(({ id }) => !written.has(id));
  const there = new Set(kept.map(({ id }) => id));
  return [...kept, ...elsewhere.filter(({ id }) => !there.has(id))];
}

const TABLES = [
  ...['otel_metrics_gauge', 'otel_metrics_sum', 'otel_metrics_histogram'],
  ...['otel_metrics_exponential_histogram', 'metric_series'],
];
/** What is known of a lake is asked for again after this. */
const KNOWN_MS = 60_000;
const known = new WeakMap<Lake, { readonly any: boolean; readonly at: number }>();

/** Whether any metric ever came: where none did, nothing is looked for. A change is known within a minute. */
export async function hasMetrics({
  lake,
  prometheus,
  clock,
}: Sources & { readonly clock: () => number }): Promise<boolean> {
  if (prometheus !== undefined) return true;
  const before = known.get(lake);
  const now = clock();
  if (before !== undefined && Math.abs(now - before.at) < KNOWN_MS) return before.any;
  const any = await anyStored(lake);
  known.set(lake, { any, at: now });
  return any;
}

/** The same for a page, which tells of the first metric as soon as it came: that there is none yet is looked at each time. */
export async function metricsCame({ lake, prometheus }: Sources): Promise<boolean> {
  return prometheus !== undefined || known.get(lake)?.any === true || (await anyStored(lake));
}

async function anyStored(lake: Lake): Promise<boolean> {
  const parts = TABLES.map((table) => `SELECT 1 AS one FROM (SELECT 1 FROM tiltmeter.${table} LIMIT 1)`);
  const rows = await lake.query<{ readonly one: number }>(parts.join(' UNION ALL '), {});
  return rows.length > 0;
}
