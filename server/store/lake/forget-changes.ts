import type { Lake } from './lake.ts';
import { DATABASE, layOut } from './layout.ts';

/** A change of no row, which names nothing. */
const NOTHING = 'DELETE WHERE false';

/**
 * Has the engine forget the text of changes that are done. It keeps those of the last hundred of each table, with the values by which rows were found, in a
 * file beside its parts: of a person who was erased just what was to go. From now on it keeps one, which says nothing. Gone within a minute. Repeating
 * it is harmless, and where there is nothing it costs a look.
 */
export async function forgetChanges(lake: Lake): Promise<void> {
  const found = await lake.query<{ name: string }>(
    `SELECT DISTINCT table AS name FROM system.mutations
     WHERE database = {database:String} AND is_done AND NOT match(command, '^\\\\(?DELETE WHERE (false|0)\\\\)?$') ORDER BY name`,
    { database: DATABASE },
    BACKGROUND,
  );
  for (const { name } of found)
    for (const head of layOut(`ALTER TABLE {rows:${name.replace(/_local$/, '')}}`, lake)) {
      await lake.command(`${head} MODIFY SETTING finished_mutations_to_keep = 1`, {}, BACKGROUND);
      await lake.command(`${head} ${NOTHING} SETTINGS mutations_sync = 2`, {}, BACKGROUND);
    }
}

const BACKGROUND = { background: true, maxSeconds: 300 };
