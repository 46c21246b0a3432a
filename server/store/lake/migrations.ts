import { adoptPlainTables, requireShards } from './cluster-layout.ts';
import type { Lake } from './lake.ts';
import { DATABASE, lakeTable, layOut } from './layout.ts';
import { type Migration, readMigrations } from './migrations/index.ts';
import { splitStatements } from './statement.ts';

/**
 * Brings the lake's tables up to date. Forward only; every statement may be repeated (IF NOT EXISTS), so that two
 * servers that start at once, or one that died half way, do no harm. Answers with the names that were applied.
 * Throws invalid_option when the cluster is not the one that the lake was made on.
 */
export async function migrateLake(lake: Lake, migrations?: readonly Migration[]): Promise<string[]> {
  // Where there is nothing to do nothing is written: a lake on a full disk still opens. A new server may lack them.
  if (lake.cluster || !(await hasJournal(lake))) {
    await run(lake, 'CREATE DATABASE IF NOT EXISTS {db} {on_cluster}');
    if (lake.cluster) await adoptPlainTables(lake, lake.cluster);
    await run(lake, JOURNAL);
  }
  const applied = await readJournal(lake);
  if (lake.cluster) await requireShards(lake, lake.cluster, applied, (name) => note(lake, name));
  const fresh = (migrations ?? (await readMigrations())).filter(({ name }) => !applied.has(name));
  for (const { name, sql = '', up } of fresh) {
    for (const statement of splitStatements(sql)) await run(lake, statement);
    await up?.(lake);
    await note(lake, name);
  }
  return fresh.map(({ name }) => name);
}

/** Runs a statement of DDL, as a template of layout.ts. */
export async function run(lake: Lake, template: string): Promise<void> {
  for (const statement of layOut(template, lake)) await lake.command(statement);
}

/** What tells one lake from another: when it was made. */
export async function nameOfLake(lake: Pick<Lake, 'query'>): Promise<string> {
  const [row] = await lake.query<{ made_at: string }>(
    `SELECT toString(min(applied_at)) AS made_at FROM ${lakeTable('migrations')}`,
  );
  return row?.made_at ?? '';
}

async function hasJournal(lake: Lake): Promise<boolean> {
  const found = await lake.query(
    `SELECT name FROM system.tables WHERE database = {database:String} AND name = 'migrations'`,
    { database: DATABASE },
  );
  return found.length > 0;
}

async function readJournal(lake: Lake): Promise<Set<string>> {
  const rows = await lake.query<{ name: string }>(`SELECT DISTINCT name FROM ${lakeTable('migrations')}`);
  return new Set(rows.map((row) => row.name));
}

async function note(lake: Lake, name: string): Promise<void> {
  await lake.command(`INSERT INTO ${lakeTable('migrations')} (name) VALUES ({name:String})`, { name });
}

const JOURNAL = `CREATE TABLE IF NOT EXISTS {table:migrations} (
  name String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC')
) ENGINE = {engine:MergeTree} ORDER BY name SETTINGS {events} {shard_by:cityHash64(name)}`;
