import { TiltmeterError } from '../../../contract/errors.ts';
import { identifier } from '../../../tables/identifier.ts';
import { engineCode, UNKNOWN_TABLE } from './engine-error.ts';
import type { Lake } from './lake.ts';
import { DATABASE, distributedTable, lakeTable, rowsTable } from './layout.ts';

const SHARDS = /^shards=(\d+)$/;

/**
 * Makes sure that the cluster has as many shards as the lake was made on, and notes how many at the first start: a row is
 * looked for on the shard that its key gives, so with another number rows that replace one another would not meet.
 * Throws invalid_option, also when the server does not know the cluster.
 */
export async function requireShards(
  lake: Lake,
  cluster: string,
  applied: ReadonlySet<string>,
  note: (name: string) => Promise<void>,
): Promise<void> {
  const now = await shardsOf(lake, cluster);
  if (now === 0)
    throw new TiltmeterError(
      'invalid_option',
      `The server of TILTMETER_LAKE_URL knows no cluster ${cluster}`,
    );
  const then = [...applied].map((name) => SHARDS.exec(name)?.[1]).find((shards) => shards !== undefined);
  if (then === undefined) return note(`shards=${now}`);
  if (Number(then) !== now)
    throw new TiltmeterError(
      'invalid_option',
      `The lake was made on ${then} shards, and the cluster ${cluster} has ${now}; their number cannot be changed, see docs/lake.md`,
    );
}

async function shardsOf(lake: Lake, cluster: string): Promise<number> {
  const [row] = await lake.query<{ shards: number }>(
    'SELECT max(shard_num) AS shards FROM system.clusters WHERE cluster = {cluster:String}',
    { cluster },
  );
  return Number(row?.shards ?? 0);
}

/**
 * Version 0.1 made replicated tables under the names that statements use: they become the ones that hold the rows, with
 * Distributed ones over them. Nothing is copied. On several shards their rows are not where their keys say: invalid_option.
 */
export async function adoptPlainTables(lake: Lake, cluster: string): Promise<void> {
  const found = await lake.query<{ name: string }>(
    `SELECT name FROM system.tables WHERE database = {database:String} AND engine LIKE 'Replicated%' ORDER BY name`,
    { database: DATABASE },
  );
  const plain = found.map(({ name }) => name).filter((name) => !holdsRows(name));
  if (plain.length === 0) return;
  if ((await shardsOf(lake, cluster)) > 1)
    throw new TiltmeterError(
      'invalid_option',
      `The lake was made by version 0.1, which knew no shards, and the cluster ${cluster} has several; see docs/lake.md`,
    );
  for (const name of plain) {
    const rows = lakeTable(rowsTable(name, { cluster }));
    try {
      await lake.command(`RENAME TABLE ${lakeTable(name)} TO ${rows} ON CLUSTER ${identifier(cluster)}`);
    } catch (error) {
      // another server that starts now was faster
      if (engineCode(error) !== UNKNOWN_TABLE) throw error;
    }
    // on one shard any key will do
    await lake.command(distributedTable(name, 'rand()', cluster));
  }
}

/** Whether a name ends in the suffix of rowsTable; an underscore of a model's own name is always doubled. */
function holdsRows(name: string): boolean {
  return /(?<!_)(?:__)*_local$/.test(name);
}
