import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';
import { createTables, type Tables } from './create-tables.ts';

/** What is on its way out. */
const TABLES: Tables = {
  removals: {
    columns: {
      id: 'text key',
      kind: 'text',
      model: 'text',
      table_name: 'text',
      target: 'text ?',
      columns: 'text',
      requested_by: 'text',
      requested_at: 'bigint',
      finished_at: 'bigint ?',
    },
    index: [['model']],
  },
};

/** What people call a model, what to do when it fails, and what its columns are apart from how they are stored. */
export const settings: Migration = {
  name: '0012-settings',
  async up(db, dialect) {
    await createTables(db, dialect, TABLES);
    await sql`alter table models add column name text`.execute(db);
    await sql`alter table models add column runbook text`.execute(db);
    await sql`alter table columns add column meaning text`.execute(db);
    await sql`alter table columns add column recognised text`.execute(db);
    await sql`alter table columns add column looked bigint default 0`.execute(db);
    // what people declared stays what they said
    await sql`update columns set looked = null where declared = 1`.execute(db);
  },
};
