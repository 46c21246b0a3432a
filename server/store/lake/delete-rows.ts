import type { Lake, LakeParam } from './lake.ts';
import { lakeTable, layOut } from './layout.ts';

/**
 * Removes the rows of a table that fit a condition, for good: the parts that hold them are written anew without them.
 * Resolves when they are gone. Repeating it is harmless, and costs a look where there is nothing.
 * Example: `await deleteRows(lake, 'labels', 'model = {model:String}', { model: 'credit' })`
 */
export async function deleteRows(
  lake: Lake,
  table: string,
  where: string,
  params: Record<string, LakeParam>,
): Promise<void> {
  const found = await lake.query(
    `SELECT 1 FROM ${lakeTable(table)} WHERE ${where} LIMIT 1`,
    params,
    BACKGROUND,
  );
  if (found.length === 0) return;
  await alterRows(lake, table, `DELETE WHERE ${where}`, params);
}

/** Changes rows of a table in place, and resolves when that is done: `UPDATE a = 1 WHERE b = {b:String}`. */
export async function alterRows(
  lake: Lake,
  table: string,
  change: string,
  params: Record<string, LakeParam>,
): Promise<void> {
  // What is asked for is no template: it goes behind it.
  for (const head of layOut(`ALTER TABLE {rows:${table}}`, lake))
    await lake.command(`${head} ${change} SETTINGS mutations_sync = 2`, params, BACKGROUND);
}

/** Drops a table with everything in it, in all its layers. Repeating it is harmless. */
export async function dropTable(lake: Lake, table: string): Promise<void> {
  for (const statement of layOut(`DROP TABLE IF EXISTS {table:${table}} SYNC`, lake))
    await lake.command(statement, {}, BACKGROUND);
}

const BACKGROUND = { background: true };
