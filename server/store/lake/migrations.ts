import { readdir, readFile } from 'node:fs/promises';
import { identifier } from './identifier.ts';
import type { Lake } from './lake.ts';
import { splitStatements } from './statement.ts';

/** What differs between one machine and a replicated cluster; everything else of a migration is the same text. */
export interface LakeLayout {
  readonly database: string;
  /** Name of a ClickHouse cluster with Keeper. Tables become Replicated* and DDL runs ON CLUSTER. */
  readonly cluster?: string;
}

export const DATABASE = 'tiltmeter';

/**
 * Brings the lake's tables up to date. Forward only; every statement may be repeated (IF NOT EXISTS), so that two
 * servers that start at once, or one that died half way, do no harm. Answers with the names that were applied.
 */
export async function migrateLake(
  lake: Lake,
  layout: LakeLayout = { database: DATABASE },
  migrations: readonly Migration[] | undefined = undefined,
): Promise<string[]> {
  const db = identifier(layout.database);
  const onCluster = layout.cluster ? ` ON CLUSTER ${identifier(layout.cluster)}` : '';
  await lake.command(`CREATE DATABASE IF NOT EXISTS ${db}${onCluster}`);
  await lake.command(fill(MIGRATIONS_TABLE, layout));
  const done = await lake.query<{ name: string }>(`SELECT DISTINCT name FROM ${db}.migrations`);
  const applied = new Set(done.map((row) => row.name));
  const fresh = (migrations ?? (await readMigrations())).filter(({ name }) => !applied.has(name));
  for (const { name, sql } of fresh) {
    for (const statement of splitStatements(fill(sql, layout))) await lake.command(statement);
    await lake.command(`INSERT INTO ${db}.migrations (name) VALUES ({name:String})`, { name });
  }
  return fresh.map(({ name }) => name);
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

/** Puts the layout into a template. `fill('{engine:MergeTree}', {database: 'd'})` → 'MergeTree' */
export function fill(template: string, layout: LakeLayout): string {
  return template
    .replaceAll('{db}', identifier(layout.database))
    .replaceAll('{on_cluster}', layout.cluster ? `ON CLUSTER ${identifier(layout.cluster)}` : '')
    .replaceAll('{events}', EVENT_SETTINGS)
    .replace(/\{engine:(\w+)\}/g, layout.cluster ? 'Replicated$1' : '$1');
}
