import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

/** The labels of a model of several classes: what is averaged over classes needs to know them all. */
export const classes: Migration = {
  name: '0041-classes',
  async up(db) {
    await sql`alter table profile_heads add column classes text not null default '[]'`.execute(db);
  },
};
