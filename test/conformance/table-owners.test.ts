import { expect, test } from 'vitest';
import { code, isTest } from './sources.ts';

/** The one room of the server that names a table in its statements. Others ask a function of that room. */
const LAKE: Readonly<Record<string, string>> = {
  labels: 'events',
  outcomes: 'events',
  changes: 'events',
  rejects: 'events',
  stages: 'events',
  sent_profiles: 'events',
  profiles: 'profiles',
  signals: 'signals',
  otel_traces: 'telemetry',
  otel_logs: 'telemetry',
  otel_metrics_gauge: 'telemetry',
  otel_metrics_sum: 'telemetry',
  otel_metrics_histogram: 'telemetry',
  otel_metrics_exponential_histogram: 'telemetry',
  otel_metrics_summary: 'telemetry',
  metric_samples: 'telemetry',
  metric_histograms: 'telemetry',
  metric_series: 'telemetry',
};
const LEDGER: Readonly<Record<string, string>> = {
  leases: 'jobs',
  servers: 'jobs',
  owners: 'jobs',
  audit: 'audit',
  audit_head: 'audit',
  keys: 'keys',
  users: 'users',
  settings: 'users',
  sessions: 'users',
  login_links: 'users',
  models: 'models',
  columns: 'models',
  grids: 'models',
  removals: 'models',
  inferences: 'models',
  privacy: 'models',
  erasures: 'models',
  registered_versions: 'registry',
  arrivals: 'events',
  idempotency: 'events',
  profile_heads: 'profiles',
  column_heads: 'profiles',
  references: 'profiles',
  signal_heads: 'signals',
  alerts: 'alerts',
  alert_transitions: 'alerts',
  decision_head: 'alerts',
  judgements: 'alerts',
  monitors: 'monitors',
  monitor_defaults: 'monitors',
  incidents: 'incidents',
  incident_alerts: 'incidents',
  incident_events: 'incidents',
  incident_cursor: 'incidents',
  incident_groups: 'incidents',
  response_clocks: 'incidents',
  heartbeats: 'heartbeats',
  channels: 'actions',
  outbox: 'actions',
  silences: 'actions',
  silenced: 'actions',
  rotas: 'actions',
  escalations: 'actions',
  escalated: 'actions',
  digests: 'digests',
  links: 'links',
  actions: 'automation',
  action_runs: 'automation',
  action_tries: 'automation',
  quarantines: 'automation',
  holds: 'holds',
  hold_runs: 'holds',
  drills: 'drills',
  scrape_targets: 'telemetry',
  scrape_problems: 'telemetry',
  review_items: 'review',
  review_turns: 'review',
  review_fills: 'review',
  retention: 'status',
  concerns: 'status',
  watches: 'status',
  importance: 'monitors',
  slices: 'monitors',
  alert_checkpoints: 'alerts',
  baselines: 'monitors',
  judged_as: 'monitors',
  outages: 'jobs',
};

const product = code().filter(({ path }) => path.startsWith('server/') && !isTest(path));
const roomOf = (path: string) => path.split('/')[1]!.replace(/\.ts$/, '');

/** Tables in Kysely's calls and in SQL text, as `file names table`, where the file is not in the owner's room. */
function strangers(pattern: RegExp, owners: Readonly<Record<string, string>>): string[] {
  return product
    .filter(({ path }) => !path.startsWith('server/store/'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(pattern)]
        .map(([, table]) => table!)
        .filter((table) => owners[table] !== undefined && owners[table] !== roomOf(path))
        .map((table) => `${path} names ${table}`),
    )
    .filter((told, i, all) => all.indexOf(told) === i);
}

test('each table of the ledger is named in the statements of one room', () => {
  const call =
    /\b(?:selectFrom|insertInto|updateTable|deleteFrom|innerJoin|leftJoin|rightJoin)\(\s*'(\w+)(?:\.\w+)?(?: as \w+)?'/g;
  expect(strangers(call, LEDGER)).toEqual([]);
});

test('each table of the lake is named in the statements of one room', () => {
  expect(strangers(/\btiltmeter\.(\w+)/g, LAKE)).toEqual([]);
});

test('every table of the ledger has an owner', () => {
  const schema = code().find(({ path }) => path === 'server/store/ledger/schema.ts')!.text;
  const tables = [...schema.matchAll(/^ {2}(\w+): \w+Row;/gm)].map(([, table]) => table!);
  expect(tables.length).toBeGreaterThan(20);
  expect(tables.filter((table) => LEDGER[table] === undefined)).toEqual([]);
});
