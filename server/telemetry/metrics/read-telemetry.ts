import type { TelemetrySeries } from '../../../contract/telemetry.ts';
import type { Lake } from '../../store/lake/lake.ts';
import { readClassic } from './read-classic.ts';
import { readLevels } from './read-levels.ts';
import { readRequests } from './read-requests.ts';
import type { Steps } from './steps.ts';
import type { Tie } from './tie.ts';

/** Every series of what the machines and the service of a model told, in the steps given. Bounded by them. */
export async function readTelemetry(
  { lake }: { readonly lake: Lake },
  tie: Tie,
  steps: Steps,
): Promise<TelemetrySeries[]> {
  const [levels, requests, classic] = await Promise.all([
    readLevels({ lake }, tie, steps),
    readRequests({ lake }, tie, steps),
    readClassic({ lake }, tie, steps),
  ]);
  return [...levels, ...(requests.length > 0 ? requests : classic)];
}

const TABLES = ['otel_metrics_gauge', 'otel_metrics_sum', 'otel_metrics_histogram', 'metric_series'];
/** What is known of a lake is asked for again after this. */
const KNOWN_MS = 60_000;
const known = new WeakMap<Lake, { readonly any: boolean; readonly at: number }>();

/** Whether any metric ever came: where none did, nothing is looked for. A change is known within a minute. */
export async function hasMetrics({
  lake,
  clock,
}: {
  readonly lake: Lake;
  readonly clock: () => number;
}): Promise<boolean> {
  const before = known.get(lake);
  const now = clock();
  if (before !== undefined && Math.abs(now - before.at) < KNOWN_MS) return before.any;
  const parts = TABLES.map((table) => `SELECT 1 AS one FROM (SELECT 1 FROM tiltmeter.${table} LIMIT 1)`);
  const rows = await lake.query<{ readonly one: number }>(parts.join(' UNION ALL '), {});
  known.set(lake, { any: rows.length > 0, at: now });
  return rows.length > 0;
}
