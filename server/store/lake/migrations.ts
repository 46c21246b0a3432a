import { readdir, readFile } from 'node:fs/promises';
import { identifier } from './identifier.ts';
import type { Lake } from './lake.ts';
import { splitStatements } from './statement.ts';

/** The one database; statements name it in full. */
export const DATABASE = 'tiltmeter';

/**
 * Brings the lake's tables up to date. Forward only; every statement may be repeated (IF NOT EXISTS), so that two
 * servers that start at once, or one that died half way, do no harm. Answers with the names that were applied.
 */
export async function migrateLake(lake: Lake, migrations?: readonly Migration[]): Promise<string[]> {
  const template = (sql: string) => fill(sql, lake);
  // Where there is nothing to do nothing is written: a lake on a full disk still opens. A new replica may lack them.
  if (lake.cluster || !(await hasJournal(lake))) {
    await lake.command(template('CREATE DATABASE IF NOT EXISTS {db} {on_cluster}'));
    await lake.command(template(MIGRATIONS_TABLE));
  }
  const done = await lake.query<{ name: string }>(template('SELECT DISTINCT name FROM {db}.migrations'));
  const applied = new Set(done.map((row) => row.name));
  const fresh = (migrations ?? (await readMigrations())).filter(({ name }) => !applied.has(name));
  for (const { name, sql } of fresh) {
    for (const statement of splitStatements(template(sql))) await lake.command(statement);
    await lake.command(template('INSERT INTO {db}.migrations (name) VALUES ({name:String})'), { name });
  }
  return fresh.map(({ name }) => name);
}

async function hasJournal(lake: Lake): Promise<boolean> {
  const found = await lake.query(
    `SELECT name FROM system.tables WHERE database = {database:String} AND name = 'migrations'`,
    { database: DATABASE },
  );
  return found.length > 0;
}

export interface Migration {
  /** File name without `.sql`: `0001_tables`. They run in the order of their names. */
  readonly name: string;
  readonly sql: string;
}

async function readMigrations(): Promise<Migration[]> {
  const folder = new URL('./migrations/', import.meta.url);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(
    files.map(async (file) => ({
      name: file.slice(0, -'.sql'.length),
      sql: await readFile(new URL(file, folder), 'utf8'),
    })),
  );
}

/** Rows that were acknowledged to a sender survive a power cut. */
export const EVENT_SETTINGS = 'fsync_after_insert = 1, fsync_part_directory = 1';

const MIGRATIONS_TABLE = `CREATE TABLE IF NOT EXISTS {db}.migrations {on_cluster} (
  name String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC')
) ENGINE = {engine:MergeTree} ORDER BY name SETTINGS {events}`;

/**
 * Fills a statement's template: what differs between one machine and a replicated cluster, and nothing else.
 * `fill('{engine:MergeTree}', { cluster: 'main' })` → 'ReplicatedMergeTree'
 */
export function fill(template: string, { cluster }: Pick<Lake, 'cluster'>): string {
  return template
    .replaceAll('{db}', DATABASE)
    .replaceAll('{on_cluster}', () => (cluster ? `ON CLUSTER ${identifier(cluster)}` : ''))
    .replaceAll('{events}', EVENT_SETTINGS)
    .replace(/\{engine:(\w+)\}/g, cluster ? 'Replicated$1' : '$1');
}
