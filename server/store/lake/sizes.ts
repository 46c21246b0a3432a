import { identifier } from '../../../tables/identifier.ts';
import { askedTogether } from '../asked-together.ts';
import type { Lake } from './lake.ts';
import { DATABASE, rowsTable } from './layout.ts';

export interface TableSize {
  /** As statements name it, without the database: `predictions_credit`. */
  readonly table: string;
  readonly rows: number;
  /** On disk, compressed, one copy of it: on a cluster each replica takes as much. */
  readonly bytes: number;
  /** Oldest and newest moment of its rows, by the time it is partitioned by, to the second; null where it has none. */
  readonly oldest: number | null;
  readonly newest: number | null;
}

/** Of so many tables at most only their own parts are looked at: one model does not pay for a thousand others. */
const FEW = 16;

/**
 * What the tables of the lake hold, largest first; `tables` are their bare names, all when absent. Where it is asked often, as it was a moment ago
 * (`askedTogether`). Read from the headers of their parts: no row is read, however many there are. A table without rows is not listed.
 * Example: `await tableSizes(lake, ['labels'])` → [{ table: 'labels', rows: 3, bytes: 900, oldest: null, newest: null }]
 */
export async function tableSizes(lake: Lake, tables?: readonly string[]): Promise<TableSize[]> {
  if (tables !== undefined && tables.length <= FEW)
    return askedTogether(lake, `sizes of ${tables.join(' ')}`, () => readSizes(lake, tables));
  const all = await askedTogether(lake, 'sizes', () => readSizes(lake));
  if (tables === undefined) return all;
  const wanted = new Set(tables);
  return all.filter(({ table }) => wanted.has(table));
}

/** The same of some tables, by their bare names, as they are now. */
export const sizesNow = (lake: Lake, tables: readonly string[]): Promise<TableSize[]> =>
  readSizes(lake, tables);

async function readSizes(lake: Lake, tables?: readonly string[]): Promise<TableSize[]> {
  const names = (tables ?? []).map((table) => rowsTable(table, lake));
  const rows = await lake.query<TableSize & { has_time: number }>(
    `SELECT ${nameOf(lake)} AS table, sum(parts.rows) AS rows, sum(bytes_on_disk) AS bytes, max(max_time) > toDateTime(0) AS has_time,
       1000 * toUnixTimestamp(minIf(min_time, max_time > toDateTime(0))) AS oldest, 1000 * toUnixTimestamp(max(max_time)) AS newest
     FROM ${partsOf(lake)} AS parts
     WHERE database = {database:String} AND active AND parts.rows > 0 ${tables ? 'AND parts.table IN {names:Array(String)}' : ''}
     GROUP BY table ORDER BY bytes DESC, table`,
    tables ? { database: DATABASE, names } : { database: DATABASE },
  );
  return rows.map(({ table, rows, bytes, has_time, oldest, newest }) => ({
    table,
    rows,
    bytes,
    oldest: has_time ? oldest : null,
    newest: has_time ? newest : null,
  }));
}

/** The months (`202601`) that a table partitioned by month has rows of, ascending. */
export const monthsOf = partitionsOf;

/** The partitions that a table has rows of, ascending. */
export async function partitionsOf(lake: Lake, table: string): Promise<string[]> {
  const rows = await lake.query<{ partition: string }>(
    `SELECT DISTINCT partition FROM ${partsOf(lake)} AS parts
     WHERE active AND database = {database:String} AND parts.table = {table:String} ORDER BY partition`,
    { database: DATABASE, table: rowsTable(table, lake) },
  );
  return rows.map((row) => row.partition);
}

export interface LakeRoom {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** Room on the disk of the lake, where it is asked often of a moment ago: for the embedded one that of the data folder, on a cluster that of the server with the least. */
export function lakeRoom(lake: Lake): Promise<LakeRoom> {
  return askedTogether(lake, 'room', () => readRoom(lake));
}

async function readRoom(lake: Lake): Promise<LakeRoom> {
  const disks = lake.cluster
    ? `clusterAllReplicas(${identifier(lake.cluster)}, system.disks)`
    : 'system.disks';
  const [row] = await lake.query<LakeRoom>(
    `SELECT free_space AS freeBytes, total_space AS totalBytes FROM ${disks} WHERE name = 'default' ORDER BY freeBytes LIMIT 1`,
  );
  return row ?? { freeBytes: 0, totalBytes: 0 };
}

/** Where the parts of tables are listed, each row's once: on a cluster by one replica of each shard. */
function partsOf({ cluster }: Lake): string {
  return cluster ? `cluster(${identifier(cluster)}, system.parts)` : 'system.parts';
}

function nameOf(lake: Lake): string {
  const suffix = rowsTable('', lake).length;
  return suffix === 0 ? 'parts.table' : `substring(parts.table, 1, length(parts.table) - ${suffix})`;
}
