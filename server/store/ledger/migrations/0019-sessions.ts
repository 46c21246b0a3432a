import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

/**
 * A session says where it was begun, so that its person can tell one from another; those from before say nothing of it. A channel says
 * what it is told of: all there were are told of incidents.
 */
export const sessions: Migration = {
  name: '0019-sessions',
  async up(db) {
    await sql`alter table sessions add column ip text`.execute(db);
    await sql`alter table sessions add column agent text`.execute(db);
    await sql`alter table channels add column tells text not null default 'incidents'`.execute(db);
  },
};
