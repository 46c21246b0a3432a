import { identifier } from '../../../tables/identifier.ts';
import type { Lake } from './lake.ts';

/** The one database; statements name it in full. */
export const DATABASE = 'tiltmeter';

/** Rows that were acknowledged to a sender survive a power cut. */
export const EVENT_SETTINGS = 'fsync_after_insert = 1, fsync_part_directory = 1';

type Where = Pick<Lake, 'cluster'>;

/** A lake's table as statements name it. `lakeTable('predictions_a')` → 'tiltmeter.`predictions_a`' */
export function lakeTable(name: string): string {
  return `${DATABASE}.${identifier(name)}`;
}

/**
 * The table that holds the rows of a table: on a cluster `labels_local`, one on every server, replicated within its
 * shard; `labels` over it is Distributed. On one machine it is the table itself.
 */
export function rowsTable(name: string, { cluster }: Where): string {
  return cluster ? `${name}_local` : name;
}

/**
 * The statements that a template of DDL stands for, in the order in which they are to run: one on one machine, up to two
 * on a cluster, where every table is a replicated one and a Distributed one over it. The template says it once:
 *
 * - `{table:labels}` the table, in both layers: CREATE TABLE, ALTER TABLE … ADD COLUMN
 * - `{rows:labels}` only the table that holds the rows: indexes, settings, partitions
 * - `{engine:MergeTree}`, `{engine:ReplacingMergeTree}(received_at)` the engine, replicated on a cluster
 * - `{shard_by:cityHash64(model)}` at the end of a CREATE TABLE: what decides the shard of a row
 * - `{db}`, `{on_cluster}`, `{events}` (settings of tables whose rows were acknowledged to a sender)
 *
 * `layOut('ALTER TABLE {table:a} ADD COLUMN b Int8', {})` → ['ALTER TABLE tiltmeter.`a` ADD COLUMN b Int8']
 */
export function layOut(template: string, where: Where): string[] {
  const { cluster } = where;
  const plain = template
    .replaceAll('{db}', DATABASE)
    .replaceAll('{on_cluster}', () => onCluster(cluster))
    .replaceAll('{events}', EVENT_SETTINGS);
  if (cluster === undefined)
    return [
      plain
        .replace(/\{(?:table|rows):(\w+)\}/g, (_, name) => lakeTable(name))
        .replace(/\{engine:(\w+)\}/g, '$1')
        .replace(SHARD_BY, ''),
    ];

  const [, name] = /\{table:(\w+)\}/.exec(plain) ?? [];
  const key = SHARD_BY.exec(plain)?.[1];
  const rows = plain
    .replace(/\{(?:table|rows):(\w+)\}/g, (_, table) => onEveryServer(rowsTable(table, where), cluster))
    .replace(/\{engine:(\w+)\}(?:\(([^)]*)\))?/g, (_, engine, args) => replicated(name, engine, args))
    .replace(SHARD_BY, '');
  if (name === undefined) return [rows];
  if (/^\s*CREATE\s+TABLE\b/i.test(plain)) {
    if (key === undefined) throw new Error(`{shard_by:…} of table ${name} is missing`);
    return [rows, distributedTable(name, key, cluster)];
  }
  return [rows, plain.replace(/\{table:(\w+)\}/g, (_, table) => onEveryServer(table, cluster))];
}

/** `{shard_by:…}` with at most one pair of parentheses within. */
const SHARD_BY = /\s*\{shard_by:([^{}]+)\}/;

/** The table that statements name, over the one that holds the rows. Its columns are those of that one. */
export function distributedTable(name: string, key: string, cluster: string): string {
  const rows = rowsTable(name, { cluster });
  return `CREATE TABLE IF NOT EXISTS ${onEveryServer(name, cluster)} AS ${lakeTable(rows)}
ENGINE = Distributed(${identifier(cluster)}, ${DATABASE}, ${identifier(rows)}, ${key})`;
}

function onEveryServer(name: string, cluster: string): string {
  return `${lakeTable(name)} ${onCluster(cluster)}`;
}

function onCluster(cluster: string | undefined): string {
  return cluster ? `ON CLUSTER ${identifier(cluster)}` : '';
}

/** The path in Keeper is made of names alone, so that a server that joins later finds its shard's rows there. */
function replicated(table: string | undefined, engine: string, args: string | undefined): string {
  const own = [`'/clickhouse/tables/{shard}/${DATABASE}/${table}'`, `'{replica}'`];
  return `Replicated${engine}(${[...own, ...(args ? [args] : [])].join(', ')})`;
}
