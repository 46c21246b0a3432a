import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

/** Incidents say whether their causes rest on evidence or on alerts alone. */
export const diagnosed: Migration = {
  name: '0031-diagnosed',
  async up(db) {
    await sql`alter table incidents add column diagnosed integer not null default 0`.execute(db);
    // Those that wait for it are looked for every second, and there are few.
    await sql`create index incidents_undiagnosed on incidents (id) where diagnosed = 0 and status <> 'resolved'`.execute(
      db,
    );
  },
};
