import type { Migration } from '../migrate.ts';
import { createTables, type Tables } from './create-tables.ts';

/** What Tiltmeter notices about itself. */
const TABLES: Tables = {
  concerns: {
    columns: {
      key: 'text key',
      kind: 'text',
      model: 'text ?',
      channel: 'text ?',
      since: 'bigint',
      seen_at: 'bigint',
      progress: 'text',
      sentence: 'text',
      incident: 'text ?',
    },
  },
  watches: { columns: { id: 'bigint key', at: 'bigint', awake_since: 'bigint' } },
};

export const watch: Migration = {
  name: '0011-watch',
  async up(db, dialect) {
    await createTables(db, dialect, TABLES);
  },
};
