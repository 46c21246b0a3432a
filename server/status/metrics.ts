import { newestValues } from '../alerts/read-states.ts';
import { auditHead } from '../audit/head.ts';
import type { Ctx } from '../context.ts';
import type { Ingest } from '../events/ingest.ts';
import { countOpen } from '../incidents/count-open.ts';
import type { TelemetryCount } from '../telemetry/counts.ts';
import { VERSION } from '../version.ts';
import { exposition, type Family } from './exposition.ts';
import { probeStores } from './readiness.ts';
import { watchMetrics } from './watch/metrics.ts';
import { clockBehind } from './watch/read-facts.ts';

type Counts = Pick<Ingest, 'counters' | 'knownIds'>;

/** Everything a Prometheus may scrape: this server, the newest value of every signal, alert states, open incidents. */
export async function metrics(
  ctx: Ctx,
  {
    ingest,
    telemetry,
    refused,
  }: {
    readonly ingest: Counts;
    readonly telemetry: readonly TelemetryCount[];
    /** Refused requests, by code. */
    readonly refused: ReadonlyMap<string, number>;
  },
): Promise<string> {
  const [self, watched, signals, incidents, access] = await Promise.all([
    selfMetrics(ctx, ingest),
    watchMetrics(ctx),
    signalMetrics(ctx),
    incidentMetrics(ctx),
    accessMetrics(ctx, refused),
  ]);
  return exposition([...self, telemetryMetrics(telemetry), ...access, ...watched, ...signals, ...incidents]);
}

async function selfMetrics(ctx: Ctx, ingest: Counts): Promise<Family[]> {
  const { stored, duplicates, rejected, queuedBytes, refused, droppedFeatures } = ingest.counters();
  const ids = ingest.knownIds();
  const stores = Object.entries(await probeStores(ctx));
  return [
    gauge('tiltmeter_build_info', 'The version that runs', [{ labels: { version: VERSION }, value: 1 }]),
    gauge('process_start_time_seconds', 'When this server started, Unix time', [
      { value: ctx.settings.startedAt / 1000 },
    ]),
    gauge('process_resident_memory_bytes', 'Resident memory of the server process', [
      { value: process.memoryUsage.rss() },
    ]),
    gauge(
      'tiltmeter_store_up',
      'Whether the store answers',
      stores.map(([store, { state }]) => ({ labels: { store }, value: state === 'ok' ? 1 : 0 })),
    ),
    {
      name: 'tiltmeter_ingest_events_total',
      type: 'counter',
      help: 'Events received since start, by what became of them',
      samples: [
        { labels: { result: 'stored' }, value: stored },
        { labels: { result: 'duplicate' }, value: duplicates },
        { labels: { result: 'rejected' }, value: rejected },
      ],
    },
    counter('tiltmeter_ingest_refused_requests_total', 'Requests refused for want of room', refused),
    counter(
      'tiltmeter_ingest_dropped_features_total',
      'Values left out because their model has all the columns it may have',
      droppedFeatures,
    ),
    gauge('tiltmeter_ingest_queued_bytes', 'Bytes accepted and not stored yet', [{ value: queuedBytes }]),
    gauge('tiltmeter_known_ids', 'Ids of predictions of which a repetition is recognised', [
      { value: ids.count },
    ]),
    gauge('tiltmeter_known_ids_bytes', 'Memory for known ids', [{ value: ids.bytes }]),
    gauge('tiltmeter_known_ids_since_seconds', 'Ids received before it are not known, Unix time', [
      { value: ids.since / 1000 },
    ]),
    gauge('tiltmeter_stamps_ahead_seconds', 'How far received_at runs ahead of the clock, which went back', [
      { value: clockBehind(ctx) / 1000 },
    ]),
  ];
}

function telemetryMetrics(counts: readonly TelemetryCount[]): Family {
  return {
    name: 'tiltmeter_telemetry_records_total',
    type: 'counter',
    help: 'Spans, log records, points and samples received since start, by what became of them',
    samples: counts.map(({ kind, result, count }) => ({ labels: { kind, result }, value: count })),
  };
}

/** Who was refused, and where the audit log ends. */
async function accessMetrics(ctx: Ctx, refused: ReadonlyMap<string, number>): Promise<Family[]> {
  const { seq, hash } = await auditHead(ctx);
  return [
    {
      name: 'tiltmeter_refused_total',
      type: 'counter',
      help: 'Requests refused since start (401, 403, 429), by code',
      samples: [...refused].map(([code, value]) => ({ labels: { code }, value })),
    },
    gauge('tiltmeter_audit_head', 'Entries of the audit log, with the hash of the last one', [
      { labels: { hash }, value: seq },
    ]),
  ];
}

async function signalMetrics(ctx: Ctx): Promise<Family[]> {
  const alerts = await newestValues(ctx);
  const rows = alerts.map(({ state, value, threshold, ...labels }) => ({ state, value, threshold, labels }));
  const known = (pick: 'value' | 'threshold') =>
    rows.flatMap((row) => (row[pick] === null ? [] : [{ labels: row.labels, value: row[pick] }]));
  return [
    gauge('tiltmeter_signal', 'The newest value of a signal', known('value')),
    gauge(
      'tiltmeter_signal_threshold',
      'The value beyond which the alert of a signal fires',
      known('threshold'),
    ),
    gauge(
      'tiltmeter_alert_state',
      'The state of an alert; 1 for the one it is in',
      rows.map(({ labels, state }) => ({ labels: { ...labels, state }, value: 1 })),
    ),
  ];
}

async function incidentMetrics(ctx: Ctx): Promise<Family[]> {
  const open = await countOpen(ctx);
  const samples = open.map(({ model, priority, n }) => ({ labels: { model, priority }, value: n }));
  return [gauge('tiltmeter_incidents_open', 'Incidents that are open or acknowledged', samples)];
}

function counter(name: string, help: string, value: number): Family {
  return { name, type: 'counter', help, samples: [{ value }] };
}

function gauge(name: string, help: string, samples: Family['samples']): Family {
  return { name, type: 'gauge', help, samples };
}
