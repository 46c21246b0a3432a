import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';
import { createTables } from './create-tables.ts';

/** When channels get digests, and up to when each has told. */
export const digests: Migration = {
  name: '0060-digests',
  async up(db, dialect) {
    await createTables(db, dialect, {
      digests: {
        columns: {
          channel: 'text',
          every: 'text',
          settings: 'text',
          due_done: 'bigint',
          told_to: 'bigint',
          created_at: 'bigint',
          updated_at: 'bigint',
        },
        key: ['channel', 'every'],
      },
    });
    // A digest asks for what ended in its range, and does not read a year of incidents for that.
    await sql`create index incidents_resolved_at on incidents (resolved_at) where resolved_at is not null`.execute(
      db,
    );
  },
};
