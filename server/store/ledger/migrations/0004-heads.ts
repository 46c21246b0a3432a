import { type Kysely, sql } from 'kysely';
import type { Migration } from '../migrate.ts';
import { createTables, type Tables } from './create-tables.ts';

/** The tables as they are at this migration. */
interface Before {
  models: { id: string; task: string; bucket_ms: number; rolled_up_to: number };
  profile_heads: Record<string, unknown>;
  settings: { key: string; value: string };
  grids: { model: string; name: string; center: number; scale: number };
}

/** Heads instead of history. */
const TABLES: Tables = {
  profile_heads: {
    columns: {
      model: 'text key',
      rolled_up_to: 'bigint',
      labelled_to: 'bigint',
      task: 'text',
      bucket_ms: 'bigint',
      first: 'bigint ?',
      last: 'bigint ?',
      newest_event: 'bigint ?',
      last_received: 'bigint ?',
      revision: 'bigint',
      writing: 'bigint',
      predictions: 'bigint',
      labels: 'bigint',
      waiting: 'bigint',
      versions: 'text',
      traffic: 'text',
      rewrites: 'text',
      looks: 'text',
      held: 'text',
      put_off: 'text',
      folded_at: 'bigint ?',
      next_at: 'bigint ?',
      succeeded_at: 'bigint',
      failure: 'text ?',
    },
  },
  column_heads: {
    columns: {
      model: 'text',
      column: 'text',
      first: 'bigint ?',
      last: 'bigint ?',
      revision: 'bigint',
      expected: 'bigint',
      opened: 'bigint ?',
    },
    key: ['model', 'column'],
  },
};

/** The first roll-up finds out what the profiles hold; labels are put beside their predictions for the first time. */
const UNKNOWN = {
  labelled_to: 0,
  revision: 0,
  writing: 0,
  predictions: 0,
  labels: 0,
  waiting: 0,
  versions: '[]',
  traffic: '[]',
  rewrites: '[]',
  looks: '{"predictions":[],"labels":[]}',
  held: '[]',
  put_off: '[]',
  succeeded_at: 0,
};

export const heads: Migration = {
  name: '0004-heads',
  async up(untyped, dialect) {
    await createTables(untyped, dialect, TABLES);
    const db = untyped as unknown as Kysely<Before>;
    const models = await db
      .selectFrom('models')
      .select(['id', 'task', 'bucket_ms', 'rolled_up_to'])
      .where('rolled_up_to', '>', 0)
      .execute();
    for (const { id, ...known } of models) {
      await db
        .insertInto('profile_heads')
        .values({ ...UNKNOWN, ...known, model: id })
        .execute();
    }
    await moveGrids(db);
    await sql`alter table models drop column rolled_up_to`.execute(db);
  },
};

/** Grids of profiles that are made, not sent, were kept among the settings as `grid/<model>/<name>`. */
async function moveGrids(db: Kysely<Before>): Promise<void> {
  for (const { key, value } of await db.selectFrom('settings').selectAll().execute()) {
    const [, model, name] = /^grid\/(.+)\/([^/]+)$/.exec(key) ?? [];
    if (model === undefined || name === undefined) continue;
    const { center, scale } = JSON.parse(value) as { center: number; scale: number };
    await db.insertInto('grids').values({ model, name, center, scale }).execute();
    await db.deleteFrom('settings').where('key', '=', key).execute();
  }
}
