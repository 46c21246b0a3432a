import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

/** What the surrogate of a model goes by is kept; known after it was fitted the next time. */
export const surrogate: Migration = {
  name: '0029-surrogate',
  async up(db) {
    await sql`alter table importance add column surrogate text`.execute(db);
  },
};
