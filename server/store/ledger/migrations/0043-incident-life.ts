import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';
import { createTables } from './create-tables.ts';

/** Who looks after an incident, until when nobody is to be reminded of it, what it turned out to be, and what else it was joined with. */
export const incidentLife: Migration = {
  name: '0043-incident-life',
  async up(db, dialect) {
    await sql`alter table incidents add column assignee text`.execute(db);
    await sql`alter table incidents add column snoozed_until bigint`.execute(db);
    await sql`alter table incidents add column snoozed_by text`.execute(db);
    await sql`alter table incidents add column found text`.execute(db);
    await sql`alter table incidents add column merged_into text`.execute(db);
    await sql`alter table incidents add column revision bigint not null default 0`.execute(db);
    // Those whose time has come are looked for every second, and there are few.
    await sql`create index incidents_snoozed on incidents (snoozed_until) where snoozed_until is not null`.execute(
      db,
    );
    await createTables(db, dialect, {
      incident_groups: {
        columns: { incident: 'text', grouped_by: 'text' },
        key: ['incident', 'grouped_by'],
        index: [['grouped_by', 'incident']],
      },
    });
    await sql`insert into incident_groups (incident, grouped_by) select id, grouped_by from incidents`.execute(
      db,
    );
  },
};
