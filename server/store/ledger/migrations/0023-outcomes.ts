import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

/** How far outcomes are in the profiles, and what a right or wrong answer of a model is worth. */
export const outcomes: Migration = {
  name: '0023-outcomes',
  async up(db) {
    await sql`alter table profile_heads add column outcomes_to bigint not null default 0`.execute(db);
    await sql`alter table profile_heads add column outcomes_waiting bigint not null default 0`.execute(db);
    await sql`alter table models add column impact text`.execute(db);
  },
};
