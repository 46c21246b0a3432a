import type { Migration } from '../migrate.ts';
import { createTables, type Tables } from './create-tables.ts';

/** What has come since a roll-up last looked. */
const TABLES: Tables = {
  arrivals: { columns: { model: 'text', kind: 'text', newest: 'bigint' }, key: ['model', 'kind'] },
  grids: {
    columns: { model: 'text', name: 'text', center: 'double precision', scale: 'double precision' },
    key: ['model', 'name'],
  },
};

export const arrivals: Migration = {
  name: '0003-arrivals',
  async up(db, dialect) {
    await createTables(db, dialect, TABLES);
  },
};
