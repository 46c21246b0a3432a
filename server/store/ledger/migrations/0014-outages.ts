import type { Migration } from '../migrate.ts';
import { createTables, type Tables } from './create-tables.ts';

/** When nobody listened. */
const TABLES: Tables = {
  outages: { columns: { from: 'bigint key', to: 'bigint' } },
};

export const outages: Migration = {
  name: '0014-outages',
  async up(db, dialect) {
    await createTables(db, dialect, TABLES);
  },
};
