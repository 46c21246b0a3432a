import type { Migration } from '../migrate.ts';
import { createTables, type Tables } from './create-tables.ts';

/** The newest values that the fleet shows. */
const TABLES: Tables = {
  signal_heads: { columns: { model: 'text key', first: 'bigint ?', last: 'bigint ?', quality: 'text ?' } },
};

export const signals: Migration = {
  name: '0005-signals',
  async up(db, dialect) {
    await createTables(db, dialect, TABLES);
  },
};
