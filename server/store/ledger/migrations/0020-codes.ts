import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

/** Heads of columns say whether their profiles count numbers as categories. */
export const codes: Migration = {
  name: '0020-codes',
  async up(db) {
    await sql`alter table column_heads add column codes integer not null default 0`.execute(db);
    // They are asked for every few seconds, and there are few.
    await sql`create index column_heads_codes on column_heads (model) where codes = 1`.execute(db);
    await sql`create index columns_codes on columns (model) where meaning = 'categorical'`.execute(db);
  },
};
