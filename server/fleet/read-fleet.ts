import type { Ctx } from '../context.ts';
import { DATABASE } from '../store/lake/layout.ts';
import type { ModelRow } from '../store/ledger/schema.ts';
import { type AlertReading, BUCKETS, type QualityPoint } from './summary.ts';

/** What the lines of the fleet need, by model; `stored` by table. */
export interface FleetReadings {
  readonly stored: ReadonlyMap<string, { rows: number; first: number; last: number }>;
  readonly labels: ReadonlyMap<string, number>;
  readonly versions: ReadonlyMap<string, string[]>;
  readonly traffic: ReadonlyMap<string, { at: number; n: number }[]>;
  readonly quality: ReadonlyMap<string, QualityPoint[]>;
  readonly alerts: ReadonlyMap<string, AlertReading[]>;
  readonly incidents: ReadonlyMap<string, { priority: string; n: number }[]>;
}

/** Seven statements, however many models. */
export async function readFleet(ctx: Ctx, models: readonly ModelRow[]): Promise<FleetReadings> {
  const names = models.map((model) => model.id);
  if (names.length === 0) {
    const none = new Map();
    return {
      stored: none,
      labels: none,
      versions: none,
      traffic: none,
      quality: none,
      alerts: none,
      incidents: none,
    };
  }
  const tables = models.map((model) => model.table_name);
  const [stored, labels, versions, traffic, quality, alerts, incidents] = await Promise.all([
    // What a part holds is in its header: no row is read.
    ctx.lake.query<{ table: string; total: number; first: number; last: number }>(
      `SELECT table, sum(rows) AS total, 1000 * toUnixTimestamp(min(min_time)) AS first,
              1000 * toUnixTimestamp(max(max_time)) AS last
       FROM system.parts
       WHERE database = {database:String} AND active AND rows > 0 AND table IN ({tables:Array(String)}) GROUP BY table`,
      { database: DATABASE, tables },
    ),
    ctx.lake.query<{ model: string; n: number }>(
      `SELECT model, count() AS n FROM tiltmeter.labels FINAL WHERE model IN ({names:Array(String)}) GROUP BY model`,
      { names },
    ),
    ctx.lake.query<{ model: string; version: string }>(
      `SELECT model, version FROM tiltmeter.profiles
       WHERE model IN ({names:Array(String)}) AND source = '' AND column = '_all' AND version != ''
       GROUP BY model, version ORDER BY max(time) DESC LIMIT 100 BY model`,
      { names },
    ),
    ctx.lake.query<{ model: string; at: number; n: number }>(
      `SELECT model, toUnixTimestamp64Milli(time) AS at, sum(profiles.n) AS n FROM tiltmeter.profiles FINAL
       WHERE model IN ({names:Array(String)}) AND source = '' AND column = '_all' AND segment = ''
       GROUP BY model, at ORDER BY model, at DESC LIMIT {buckets:UInt64} BY model`,
      { names, buckets: BUCKETS },
    ),
    ctx.lake.query<QualityPoint & { model: string }>(
      `SELECT model, metric, at, newest.1 AS value, newest.2 AS low, newest.3 AS high, newest.4 AS n
       FROM (
         SELECT model, metric, toUnixTimestamp64Milli(time) AS at, argMaxIf(tuple(value, low, high, n), known_at, value IS NOT NULL) AS newest
         FROM tiltmeter.signals
         WHERE model IN ({names:Array(String)}) AND kind = 'performance' AND column = '' AND segment = '' AND version = ''
         GROUP BY model, metric, at ORDER BY model, metric, at DESC LIMIT {buckets:UInt64} BY model, metric
       )
       ORDER BY model, metric, at DESC`,
      { names, buckets: BUCKETS },
    ),
    ctx.ledger
      .selectFrom('alerts')
      .innerJoin('monitors', 'monitors.id', 'alerts.monitor')
      .select(['alerts.model', 'alerts.layer', 'alerts.state', 'monitors.severity'])
      .distinct()
      .where('alerts.model', 'in', names)
      .where('monitors.enabled', '=', 1)
      .execute(),
    ctx.ledger
      .selectFrom('incidents')
      .select(({ fn }) => ['model', 'priority', fn.countAll().as('n')])
      .where('status', '!=', 'resolved')
      .where('model', 'in', names)
      .groupBy(['model', 'priority'])
      .execute(),
  ]);
  return {
    stored: new Map(
      stored.map(({ table, total, first, last }) => [
        table,
        { rows: Number(total), first: Number(first), last: Number(last) },
      ]),
    ),
    labels: new Map(labels.map(({ model, n }) => [model, Number(n)])),
    versions: grouped(versions, ({ version }) => version),
    traffic: grouped(traffic, ({ at, n }) => ({ at: Number(at), n: Number(n) })),
    quality: grouped(quality, (point) => ({ ...point, at: Number(point.at), n: Number(point.n) })),
    alerts: grouped(alerts, (alert) => alert),
    incidents: grouped(incidents, ({ priority, n }) => ({ priority, n: Number(n) })),
  };
}

function grouped<Row extends { model: string }, T>(
  rows: readonly Row[],
  item: (row: Row) => T,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.model);
    if (group === undefined) groups.set(row.model, [item(row)]);
    else group.push(item(row));
  }
  return groups;
}
