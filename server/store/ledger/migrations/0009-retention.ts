import type { Migration } from '../migrate.ts';
import { createTables, type Tables } from './create-tables.ts';

/** How long what is kept is kept, where people have set it. */
const TABLES: Tables = {
  retention: { columns: { name: 'text key', days: 'bigint' } },
};

export const retention: Migration = {
  name: '0009-retention',
  async up(db, dialect) {
    await createTables(db, dialect, TABLES);
  },
};
