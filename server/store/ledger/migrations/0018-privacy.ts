import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';
import { createTables, type Tables } from './create-tables.ts';

const TABLES: Tables = {
  privacy: { columns: { name: 'text key', value: 'text' } },
  erasures: {
    columns: {
      id: 'text key',
      model: 'text',
      table_name: 'text',
      asked: 'text ?',
      columns: 'text',
      requested_by: 'text',
      requested_by_id: 'text',
      requested_at: 'bigint',
      finished_at: 'bigint ?',
      erased: 'text',
    },
    index: [['model']],
  },
};

/** What becomes of values before they are stored, and what is erased of a subject. */
export const privacy: Migration = {
  name: '0018-privacy',
  async up(db, dialect) {
    await createTables(db, dialect, TABLES);
    await sql`alter table models add column privacy text`.execute(db);
  },
};
