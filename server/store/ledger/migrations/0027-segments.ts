import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

/** By what the predictions of a model are split, and how its profiles were. */
export const segments: Migration = {
  name: '0027-segments',
  async up(db) {
    await sql`alter table models add column segments text`.execute(db);
    await sql`alter table models add column protected text`.execute(db);
    await sql`alter table profile_heads add column split_by text not null default '[]'`.execute(db);
    await sql`alter table profile_heads add column splits text not null default '[]'`.execute(db);
  },
};
