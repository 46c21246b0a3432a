import type { Lake, LakeParam } from './lake.ts';
import { lakeTable, layOut } from './layout.ts';

/**
 * Removes the rows of a table that fit a condition, for good: the parts that hold them are written anew without them, the
 * partitions one after the other. Resolves when they are gone. Repeating it is harmless: what is gone is not looked at
 * again, and where there is nothing it costs a look.
 * Example: `await deleteRows(lake, 'labels', 'model = {model:String}', { model: 'credit' })`
 */
export function deleteRows(
  lake: Lake,
  table: string,
  where: string,
  params: Record<string, LakeParam>,
): Promise<void> {
  return alterRows(lake, table, 'DELETE', where, params);
}

/** The same, and how many rows that were. */
export async function deleteCounted(
  lake: Lake,
  table: string,
  where: string,
  params: Record<string, LakeParam>,
): Promise<number> {
  const n = await countRows(lake, table, where, params);
  if (n > 0) await deleteRows(lake, table, where, params);
  return n;
}

/** How many rows of a table fit a condition. `asked`: somebody waits for it. */
export async function countRows(
  lake: Lake,
  table: string,
  where: string,
  params: Record<string, LakeParam>,
  { asked = false } = {},
): Promise<number> {
  const [row] = await lake.query<{ n: number }>(
    `SELECT count() AS n FROM ${lakeTable(table)} WHERE ${where}`,
    params,
    { ...BACKGROUND, background: !asked },
  );
  return Number(row?.n ?? 0);
}

/**
 * Changes the rows of a table that fit a condition in place, the partitions one after the other, and resolves when that is
 * done. `updateRows(lake, 'labels', 'source = {to:String}', 'source = {of:String}', { of: 'a', to: 'b' })`
 */
export function updateRows(
  lake: Lake,
  table: string,
  set: string,
  where: string,
  params: Record<string, LakeParam>,
): Promise<void> {
  return alterRows(lake, table, `UPDATE ${set}`, where, params);
}

/**
 * A part that is written anew has buffers for each file of each of its columns, two parts at a time: of a megabyte each they are all the memory that
 * the engine may have, and rows that arrive get none. These begin small, and hold little: measured with 14 columns, 143 MB where it was 630 MB.
 */
const SMALL_BUFFERS =
  'min_columns_to_activate_adaptive_write_buffer = 1, min_compress_block_size = 65536, max_compress_block_size = 131072';

async function alterRows(
  lake: Lake,
  table: string,
  change: string,
  where: string,
  params: Record<string, LakeParam>,
): Promise<void> {
  const partitions = await partitionsWith(lake, table, where, params);
  if (partitions.length > 0 && lake.cluster === undefined)
    await lake.command(`ALTER TABLE ${lakeTable(table)} MODIFY SETTING ${SMALL_BUFFERS}`, {}, BACKGROUND);
  // What is asked for is no template: it goes behind it.
  for (const partition of partitions)
    for (const head of layOut(`ALTER TABLE {rows:${table}}`, lake))
      await lake.command(
        `${head} ${change} IN PARTITION ID '${partition}' WHERE ${where} SETTINGS mutations_sync = 2`,
        params,
        BACKGROUND,
      );
}

/** The partitions in which rows of a table fit a condition, in the order of their names. */
export async function partitionsWith(
  lake: Lake,
  table: string,
  where: string,
  params: Record<string, LakeParam>,
): Promise<string[]> {
  const found = await lake.query<{ partition: string }>(
    `SELECT DISTINCT _partition_id AS partition FROM ${lakeTable(table)} WHERE ${where} ORDER BY partition`,
    params,
    BACKGROUND,
  );
  return found.map(({ partition }) => partition);
}

/** Drops a table with everything in it, in all its layers. Repeating it is harmless. */
export async function dropTable(lake: Lake, table: string): Promise<void> {
  for (const statement of layOut(`DROP TABLE IF EXISTS {table:${table}} SYNC`, lake))
    await lake.command(statement, {}, BACKGROUND);
}

/** One thread looks through a whole table. */
const BACKGROUND = { background: true, maxSeconds: 300 };
