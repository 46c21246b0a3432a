import type { Lake } from '../lake.ts';
import { DATABASE, lakeTable, layOut, rowsTable } from '../layout.ts';
import type { Migration } from './index.ts';

/** Columns and order as they were; only the partition is new. */
const TABLES = {
  labels: `(
  model LowCardinality(String),
  id String,
  label String,
  label_number Nullable(Float64),
  time DateTime64(3, 'UTC'),
  source LowCardinality(String),
  received_at DateTime64(3, 'UTC')
) ENGINE = {engine:ReplacingMergeTree}(received_at)
PARTITION BY toYYYYMM(received_at) ORDER BY (model, id)`,
  changes: `(
  id String,
  model LowCardinality(String),
  time DateTime64(3, 'UTC'),
  kind LowCardinality(String),
  title String,
  version String,
  url String,
  received_at DateTime64(3, 'UTC')
) ENGINE = {engine:MergeTree}
PARTITION BY toYYYYMM(time) ORDER BY (model, time)`,
};

/**
 * Labels and changes get a partition a month, so that what is too old can be dropped without rewriting the rest. Rows are
 * copied and the tables exchanged; a table that has months already is left alone, so dying anywhere does no harm.
 */
export const byMonth: Migration = {
  name: '0003_by_month',
  defines: Object.keys(TABLES).map((name) => create(name, name)),
  async up(lake) {
    for (const name of Object.keys(TABLES)) {
      const next = `${name}_by_month`;
      if (!(await hasMonths(lake, name))) {
        await command(lake, create(name, next));
        await command(lake, `TRUNCATE TABLE {rows:${next}}`);
        await lake.command(`INSERT INTO ${lakeTable(next)} SELECT * FROM ${lakeTable(name)}`);
        const [a, b] = [rowsTable(name, lake), rowsTable(next, lake)].map(lakeTable);
        await command(lake, `EXCHANGE TABLES ${a} AND ${b} {on_cluster}`);
      }
      for (const old of new Set([next, rowsTable(next, lake)]))
        await command(lake, `DROP TABLE IF EXISTS ${lakeTable(old)} {on_cluster}`);
    }
  },
};

function create(name: string, table: string): string {
  return `CREATE TABLE IF NOT EXISTS {table:${table}} ${TABLES[name as keyof typeof TABLES]} SETTINGS {events} {shard_by:cityHash64(model)}`;
}

async function command(lake: Lake, template: string): Promise<void> {
  for (const statement of layOut(template, lake)) await lake.command(statement);
}

async function hasMonths(lake: Lake, name: string): Promise<boolean> {
  const [table] = await lake.query<{ partition_key: string }>(
    'SELECT partition_key FROM system.tables WHERE database = {database:String} AND name = {name:String}',
    { database: DATABASE, name: rowsTable(name, lake) },
  );
  return table?.partition_key.includes('toYYYYMM') ?? false;
}
