import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

/** How many items from the top of a list metrics of rankings look at, and with how many profiles were made. */
export const rankingK: Migration = {
  name: '0077-ranking-k',
  async up(db) {
    await sql`alter table models add column ranking_k integer not null default 10`.execute(db);
    await sql`alter table profile_heads add column ranking_k integer not null default 10`.execute(db);
  },
};
