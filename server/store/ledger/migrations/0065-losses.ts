import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

/** What an incident cost when that was last looked at, and when it was (wall clock; 0: not yet). */
export const losses: Migration = {
  name: '0065-losses',
  async up(db) {
    await sql`alter table incidents add column losses text not null default '[]'`.execute(db);
    await sql`alter table incidents add column priced_at bigint not null default 0`.execute(db);
  },
};
