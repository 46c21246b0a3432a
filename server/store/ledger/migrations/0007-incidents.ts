import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';
import { createTables, type Tables } from './create-tables.ts';

/** Incidents follow the decision log. */
const TABLES: Tables = {
  incident_cursor: { columns: { id: 'bigint key', seq: 'bigint' } },
};

export const incidents: Migration = {
  name: '0007-incidents',
  async up(db, dialect) {
    await createTables(db, dialect, TABLES);
    await sql`insert into incident_cursor (id, seq)
      select 1, coalesce(max(seq), 0) from alert_transitions`.execute(db);
  },
};
