import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

/** Which steps people follow when a model fails, by cause. */
export const decisionTrees: Migration = {
  name: '0070-decisions',
  async up(db) {
    await sql`alter table models add column decisions text`.execute(db);
  },
};
