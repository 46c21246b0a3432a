import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

/** Models name what they depend on; alerts of an incident say what they share with it. */
export const lineage: Migration = {
  name: '0051-lineage',
  async up(db) {
    await sql`alter table models add column upstream text`.execute(db);
    await sql`alter table models add column sources text`.execute(db);
    await sql`alter table incident_alerts add column tie text not null default ''`.execute(db);
  },
};
