import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

/** How far the profiles that agents sent are in those of their models, and how many predictions they count. */
export const sentProfiles: Migration = {
  name: '0076-sent-profiles',
  async up(db) {
    await sql`alter table profile_heads add column sent_to bigint not null default 0`.execute(db);
    await sql`alter table profile_heads add column sent bigint not null default 0`.execute(db);
  },
};
