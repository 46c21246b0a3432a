import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

/** Runs of actions say whose account asked for them by hand. */
export const askers: Migration = {
  name: '0068-askers',
  async up(db) {
    await sql`alter table action_runs add column asker text`.execute(db);
  },
};
